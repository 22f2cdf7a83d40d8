"""The command starts light: asking for help loads none of the heavy libraries."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {
    *(
        "PIL",
        "alembic",
        "dask",
        "distributed",
        "docx",
        "holidays",
        "jinja2",
        "lxml",
        "numpy",
        "openpyxl",
        "pandas",
        "pdfplumber",
    ),
    *("psycopg", "pydantic_settings", "pypdfium2", "rapidfuzz", "sklearn", "sqlalchemy", "tesserocr"),
    *("torch", "transformers", "underthesea"),
}


def loaded_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {module.partition(".")[0] for module in done.stdout.split()}


def test_the_command_line_loads_nothing_heavy():
    loaded = loaded_after(
        "import contextlib, io\n"
        "from typer.testing import CliRunner\n"
        "from service.cli import app\n"
        "for command in ([], ['extract'], ['batch'], ['tasks'], ['explain'], ['evaluate'], ['units'],\n"
        "                ['units', 'search']):\n"
        "    assert CliRunner().invoke(app, [*command, '--help']).exit_code == 0"
    )
    assert loaded & HEAVY == set()


def test_the_path_loads_no_database_and_no_terminal():
    loaded = loaded_after("import pipeline.extract, service.record")
    assert loaded & {"sqlalchemy", "alembic", "typer", "rich", "jinja2", "sklearn"} == set()


def test_extract_loads_no_database():
    loaded = loaded_after(
        "import pathlib, tempfile\n"
        "from typer.testing import CliRunner\n"
        "from service.cli import app\n"
        "path = pathlib.Path(tempfile.mkdtemp(), 'a.txt')\n"
        "path.write_text('Giao Sở Y tế rà soát kho thuốc.', encoding='utf-8')\n"
        "out = path.with_suffix('.jsonl')\n"
        "done = CliRunner().invoke(app, ['extract', str(path), '--format', 'jsonl', '-o', str(out)])\n"
        "assert done.exit_code == 0 and out.stat().st_size"
    )
    assert loaded & {"sqlalchemy", "alembic", "psycopg"} == set()
