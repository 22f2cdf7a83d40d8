"""What keeps the code simple to read, as rules that fail a build: layers, names, sizes, docstrings."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("pipeline", "models", "annotation", "service")
MODULES = sorted(
    path
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations/versions" not in path.as_posix()
)
# Modules that hold knowledge as typed data, not code, are as long as what they know.
DATA = re.compile(r"(^|/)corpus\w*\.py$")
MODULE_LINES = 300
FUNCTION_LINES = 40
# What is longer than it should be. The types of the path are one vocabulary, read from top to bottom.
DEBT = frozenset({"pipeline/types.py"})


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_imports_point_inwards():
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_one_file_knows_dask():
    knowing = {
        name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for one in _imported(node)
        if one.partition(".")[0] in {"dask", "distributed"}
    }
    assert knowing == {"service/engine/cluster.py"}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_top_level_name_belongs_to_this_distribution_only(package):
    assert set(packages_distributions().get(package, ["dondoc"])) == {"dondoc"}


def test_modules_are_short():
    long = {
        name(path): lines
        for path in MODULES
        if not DATA.search(name(path))
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    }
    assert {path: lines for path, lines in long.items() if path not in DEBT} == {}


def test_functions_are_short():
    long = {
        f"{name(path)}:{node.name}": length
        for path in MODULES
        for node in functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert {where: length for where, length in long.items() if where not in DEBT} == {}


def test_modules_say_what_they_do():
    silent = [name(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [name(path) for path in MODULES if path.stem in {"utils", "helpers", "common", "misc"}] == []


def test_the_default_install_has_no_torch():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    setup = (ROOT / "scripts" / "setup.sh").read_text(encoding="utf-8")
    extras = re.search(r"install_python (\S+) \.venv/\.stamp\n", setup).group(1).split(",")
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for extra in extras for one in optional[extra])]
    installed = set(_needed(wanted))
    assert "numpy" in installed
    assert installed & {"torch", "transformers", "onnx", "onnxruntime", "tensorflow"} == set()


def _needed(wanted: list[str]) -> dict[str, None]:
    """Names of all that is installed with some requirements."""
    found: dict[str, None] = {}
    left = [Requirement(one) for one in wanted]
    while left:
        one = left.pop()
        name = canonicalize_name(one.name)
        if name in found:
            continue
        found[name] = None
        extras = one.extras or {""}
        try:
            below = map(Requirement, distribution(name).requires or ())
        except PackageNotFoundError:
            continue
        left += [
            each
            for each in below
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return found


def test_what_run_time_reads_is_packaged():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packaged = settings["tool"]["setuptools"]["package-data"]
    left_out = []
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*")):
        if path.is_dir() or path.suffix in {".py", ".pyc"} or path.name.startswith("."):
            continue
        home = next(folder for folder in path.parents if (folder / "__init__.py").exists())
        patterns = packaged["*"] + packaged.get(".".join(home.relative_to(ROOT).parts), [])
        if not any(path in home.glob(pattern) for pattern in patterns):
            left_out.append(name(path))
    assert left_out == []


def test_golden_files_are_compared_not_written():
    assert "UPDATE_GOLDEN" not in os.environ
