"""An office teaches models by what it reviewed, looks at what they would change, uses one, and goes back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewed_office import Letter, arrive, folder, letters, review
from typer.testing import CliRunner, Result

from models.confidence import FILE, WEIGHTS
from models.reader.model import FOLDER, NAMES, file_name
from models.registry import Card, Registry
from service.bootstrap import open_store, reader
from service.cli import app
from service.learning.promoted import second_of
from service.settings import Settings
from service.store import Store

REVIEWED, NEW = 36, 2


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an office that has reviewed its directives."""
    root = tmp_path_factory.mktemp("office") / "data"
    settings = Settings(data_dir=root)
    store = open_store(settings)
    review(store, settings, list(letters(REVIEWED)))
    store.engine.dispose()
    return root


@pytest.fixture
def settings(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An office of its own for each test."""
    shutil.copytree(filled, tmp_path / "data")
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DONDOC_WORKERS", "2")
    return Settings()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    made = open_store(settings)
    yield made
    made.engine.dispose()


@pytest.fixture
def coming() -> list[Letter]:
    """Directives that nobody has seen yet."""
    return list(letters(NEW, seed=7))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def trained(*words: str) -> str:
    done = run("train", *words)
    assert done.exit_code == 0, done.output
    return done.stdout.split("\n")[0]


def version(store: Store, key: str) -> str:
    with store.reading() as work:
        record = work.record(key)
    assert record is not None
    return str(record["version"])


def test_a_confidence_model_from_the_desk_is_compared_used_and_left(
    store: Store, settings: Settings, coming: list[Letter]
):
    before, after = coming
    old = arrive(store, settings, before)
    made = trained()
    assert trained() == made  # the same documents, the same model
    told = run("compare", "shipped", made[:12])
    assert told.exit_code == 0, told.output
    assert "all\tbrier\t" in told.stdout
    promoted = run("promote", made[:12])
    assert promoted.exit_code == 0, promoted.output
    new = arrive(store, settings, after)
    assert (version(store, old), version(store, new)) == ("rules-1", f"rules-1+c:{made[:8]}")
    assert run("rollback").exit_code == 0
    assert reader(settings)(before.parts)["version"] == "rules-1"
    assert version(store, new) == f"rules-1+c:{made[:8]}"


def test_a_reader_from_the_desk_is_compared_used_and_left(
    store: Store, settings: Settings, coming: list[Letter], tmp_path: Path
):
    made = trained("--kind", "reader", "--no-samples")
    card = Registry(settings.models_dir).get(made).card
    assert card.kind == "reader"
    assert 10 <= len(card.taught) < card.documents == REVIEWED
    assert card.slices["all"]["complete_f1"] > 0.5
    assert "the same figures under another id" in run("models", "show", made[:12]).stdout
    assert "brier" in card.slices["all"]
    page, data = tmp_path / "thu.html", tmp_path / "thu.json"
    told = run("compare", "shipped", made[:12], "--html", str(page), "--json", str(data))
    assert told.exit_code == 0, told.output
    rehearsed = json.loads(data.read_text(encoding="utf-8"))
    assert (rehearsed["first"], rehearsed["second"]) == ("shipped", made)
    assert {one["what"] for one in rehearsed["tasks"]} <= {"added", "lost", "changed"}
    assert rehearsed["documents"] == card.documents - len(card.taught)
    assert made[:12] in page.read_text(encoding="utf-8")
    assert {"all\tcomplete_f1", "all\tbrier"} <= {line.rsplit("\t", 3)[0] for line in told.stdout.split("\n")}
    promoted = run("promote", made[:12], "--force", "thử (a try)")
    assert promoted.exit_code == 0, promoted.output
    new = arrive(store, settings, coming[0])
    assert version(store, new) == f"rules-1+r:{made[:8]}"
    assert run("models", "list").exit_code == 0
    assert run("rollback", "--kind", "confidence").exit_code == 1
    assert run("rollback", "--kind", "reader").exit_code == 0
    assert reader(settings)(coming[1].parts)["version"] == "rules-1"


def shipped_reader(store: Store, settings: Settings, **files: bytes) -> str:
    """The shipped reader as one of the office's own, some files of it replaced."""
    shipped = {name: (FOLDER / name).read_bytes() for name in map(file_name, NAMES)}
    card = Card("reader", "d" * 64, "rules-1", "1", "2026-03-02T07:00:00+00:00")
    made = Registry(settings.models_dir).put(shipped | files, card)
    with store.begin() as work:
        work.models.add(made, card)
    return made


def test_a_damaged_reader_is_told_and_the_shipped_one_reads(
    store: Store, settings: Settings, coming: list[Letter]
):
    shipped = reader(settings)(coming[0].parts)
    made = shipped_reader(store, settings)
    assert run("promote", made[:12], "--force", "thử (a try)").exit_code == 0
    assert reader(settings)(coming[0].parts)["version"] == f"rules-1+r:{made[:8]}"
    (settings.models_dir / made / "files" / "reader_units.crf").write_bytes(b"lCRF")
    second_of.cache_clear()  # as in a process that has not loaded it yet
    record = reader(settings)(coming[0].parts)
    assert (record["version"], record["tasks"]) == (shipped["version"], shipped["tasks"])
    assert [one["stage"] for one in record["issues"]] == ["models"]


def test_what_is_no_reader_at_all_is_not_read_by(store: Store, settings: Settings, coming: list[Letter]):
    made = shipped_reader(store, settings, **{"reader_pieces.crf": b"lCRF"})
    Registry(settings.models_dir).promote("reader", made)
    record = reader(settings)(coming[0].parts)
    assert record["version"] == "rules-1"
    assert "no reader" in record["issues"][0]["message"]


def misled(settings: Settings, root: Path) -> Path:
    """Labels of somebody who holds all that the rules read for wrong."""
    them = list(letters(REVIEWED, seed=3))
    for one in them:
        for task in one.tasks:
            task["leads"], task["deadline"] = ["Thanh tra tỉnh"], {"kind": "none"}
    return folder(root, them)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["confidence", "reader"])
def test_what_makes_a_protected_slice_worse_on_reviewed_documents_is_refused(
    settings: Settings, tmp_path: Path, kind: str
):
    wrong = misled(settings, tmp_path / "gold")
    made = trained("--kind", kind, "--no-samples", "--folder", str(wrong))
    refused = run("promote", made[:12])
    assert refused.exit_code == 1
    assert "a protected slice gets worse" in refused.stderr
    assert "all " in refused.stderr
    assert Registry(settings.models_dir).promoted() == {}


def test_after_a_promotion_the_threshold_is_found_from_what_was_reviewed_and_read_again(
    store: Store, settings: Settings
):
    with store.begin() as work:
        before = work.budget.book.switch_on("sep", 0.2, 0.1).threshold
    told = json.loads(WEIGHTS.read_bytes())
    for one in told["fields"].values():
        one["bias"] += 2.0
    card = Card("confidence", "d" * 64, "rules-1", "1", "2026-03-02T07:00:00+00:00")
    surer = Registry(settings.models_dir).put({FILE: json.dumps(told).encode()}, card)
    with store.begin() as work:
        work.models.add(surer, card)
    assert run("promote", surer[:12], "--force", "thử (a try)").exit_code == 0
    with store.begin() as work:
        found = work.budget.machine.look()
        assert (found.why, found.row and found.row.models) == ("", f"+c:{surer[:8]}")
        assert before is not None
        assert found.row
        assert found.row.threshold is not None
        assert found.row.threshold > before + 0.05
