"""The life of an office's model: trained on labelled documents, taken into use, read by, gone back from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from people import document, filed, task, unit
from typer.testing import CliRunner

from models.confidence import FILE, WEIGHTS
from models.registry import Card, Registry
from service.bootstrap import open_store, reader
from service.child import Child, Cleared
from service.cli import app
from service.learning.models import NothingBefore
from service.learning.promoting import Refused, promote_model, roll_back, states
from service.reader import Part
from service.settings import Settings
from service.spool import Spool
from service.store import Store

LETTER = (
    "ỦY BAN NHÂN DÂN TỈNH MẪU\nSố: 12/UBND-NC\n\nKính gửi: Sở Nội vụ\n\n"
    "1. Giao Sở Nội vụ rà soát hồ sơ trước ngày 20/3/2024.\n"
)
CARD = Card("confidence", "d" * 64, "rules-1", "1", "2026-03-02T07:00:00+00:00")


@pytest.fixture
def settings(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    return Settings()


@pytest.fixture
def commanded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those that commands use, which leave their connections to the end of their process."""
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DONDOC_WORKERS", "1")
    return Settings()


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    made = open_store(settings)
    yield made
    made.engine.dispose()


def kept(store: Store, settings: Settings, shift: float) -> str:
    """A candidate: the shipped model, a little surer or less sure of everything."""
    told = json.loads(WEIGHTS.read_bytes())
    for one in told["fields"].values():
        one["bias"] += shift
    made = Registry(settings.models_dir).put({FILE: json.dumps(told).encode()}, CARD)
    with store.begin() as work:
        work.models.add(made, CARD)
    return made


def state_of(store: Store, identifier: str) -> str:
    with store.reading() as work:
        found = work.models.find(identifier)
        assert found is not None
        return found.state


def read(settings: Settings) -> dict[str, object]:
    return reader(settings)([Part("a.txt", LETTER.encode())])


def test_a_promoted_model_reads_and_is_named_and_the_former_comes_back(store: Store, settings: Settings):
    first, second = kept(store, settings, -1.0), kept(store, settings, 1.0)
    shipped = read(settings)
    assert shipped["version"] == "rules-1"
    promote_model(store, settings, first[:12], "lan", "thử (a try)")
    careful = read(settings)
    assert careful["version"] == f"rules-1+c:{first[:8]}"
    assert careful["tasks"][0]["confidence"] < shipped["tasks"][0]["confidence"]
    promote_model(store, settings, second[:12], "lan", "thử (a try)")
    assert (state_of(store, first), state_of(store, second)) == ("retired", "promoted")
    assert roll_back(store, settings, "minh") == first
    assert (state_of(store, first), state_of(store, second)) == ("promoted", "retired")
    assert read(settings)["version"] == careful["version"]
    assert roll_back(store, settings, "minh") == ""
    assert read(settings) == shipped
    with pytest.raises(NothingBefore):
        roll_back(store, settings, "minh")
    with store.reading() as work:
        told = [(one.action, one.actor, one.reason) for one in work.models.history("confidence")]
    assert told[0] == ("rollback", "minh", "")
    assert told[-1] == ("promote", "lan", "thử (a try)")


def test_a_reading_child_takes_up_a_promotion_without_a_new_start(store: Store, settings: Settings):
    made = kept(store, settings, -1.0)
    child = Child(settings, "service.bootstrap:reader", Spool(settings.data_dir / "spool"))
    try:
        before = child.read([Part("a.txt", LETTER.encode())])
        promote_model(store, settings, made, "lan", "thử (a try)")
        after = child.read([Part("a.txt", LETTER.encode())])
    finally:
        child.close()
    assert isinstance(before, Cleared)
    assert isinstance(after, Cleared)
    assert (before.record["version"], after.record["version"]) == ("rules-1", f"rules-1+c:{made[:8]}")


def test_old_tasks_keep_the_version_that_read_them(store: Store, settings: Settings):
    filed(store, document("12", task("a", "Rà soát hồ sơ", unit("Sở Nội vụ"))))
    promote_model(store, settings, kept(store, settings, -1.0), "lan", "thử (a try)")
    record = read(settings)
    with store.begin() as work:
        work.add("b" * 64, record, "done", [])
    with store.reading() as work:
        old, new = work.record("12".ljust(64, "0")), work.record("b" * 64)
    assert (old and old["version"], new and new["version"]) == ("rules-1", record["version"])
    assert record["version"] != "rules-1"


def test_a_model_that_nothing_can_judge_needs_a_reason(store: Store, settings: Settings):
    made = kept(store, settings, 1.0)
    with pytest.raises(Refused, match="--force"):
        promote_model(store, settings, made, "lan")
    assert (state_of(store, made), Registry(settings.models_dir).promoted()) == ("candidate", {})


def test_a_promoted_model_whose_files_changed_is_told_and_not_read_by(store: Store, settings: Settings):
    made = kept(store, settings, 2.0)
    promote_model(store, settings, made, "lan", "thử (a try)")
    (settings.models_dir / made / "files" / FILE).write_bytes(b"{}")
    record = read(settings)
    assert record["version"] == "rules-1"
    assert [one["stage"] for one in record["issues"]] == ["models"]
    assert "do not match" in states(store, settings).troubles[0]


def test_store_and_disk_are_checked_against_each_other(store: Store, settings: Settings):
    made = kept(store, settings, 1.0)
    assert states(store, settings).troubles == ()
    Registry(settings.models_dir).promote("confidence", made)
    assert "do not agree" in states(store, settings).troubles[0]
    stranger = Registry(settings.models_dir).put({FILE: b"[]"}, CARD)
    assert any(stranger[:12] in line for line in states(store, settings).troubles)


def test_too_few_documents_teach_nothing(commanded: Settings):
    done = CliRunner().invoke(app, ["train"])
    assert (done.exit_code, "too few documents" in done.stderr) == (1, True)
    assert Registry(commanded.models_dir).ids() == []


@pytest.mark.slow
def test_the_samples_teach_a_model_that_is_used_and_left_again(commanded: Settings):
    settings = commanded
    folder = str(Path(__file__).parents[3] / "data" / "samples")
    first = CliRunner().invoke(app, ["train", "--folder", folder])
    assert first.exit_code == 0, first.stderr
    (made,) = Registry(settings.models_dir).ids()
    assert first.stdout.split("\n")[0] == made
    card = Registry(settings.models_dir).get(made).card
    assert card.documents > 40
    assert 0 < len(card.taught) < card.documents
    assert card.slices["all"]["brier"] < 0.25
    assert CliRunner().invoke(app, ["promote", made[:10], "--force", "thử"]).exit_code == 0
    assert read(settings)["version"] == f"rules-1+c:{made[:8]}"
    assert made[:12] in CliRunner().invoke(app, ["models", "list"]).stdout
    assert "source:scan" in CliRunner().invoke(app, ["models", "show", made[:10]]).stdout
    assert CliRunner().invoke(app, ["rollback"]).exit_code == 0
    assert CliRunner().invoke(app, ["models", "list"]).exit_code == 0
    assert read(settings)["version"] == "rules-1"


def test_two_models_are_compared_task_by_task_on_what_taught_neither(
    commanded: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "gold"
    for name in ("labels", "sources"):
        (folder / name).mkdir(parents=True)
    (folder / "sources" / "a.txt").write_text(LETTER, encoding="utf-8")
    due = {"text": "trước ngày 20/3/2024", "kind": "date", "date": "2024-03-20", "rrule": None}
    labelled = {
        "text": "Giao Sở Nội vụ rà soát hồ sơ trước ngày 20/3/2024.",
        "leads": ["Sở Nội vụ"],
        "cooperators": [],
        "deadline": due,
        "nature": "execute",
        "field": "noi_vu",
    }
    label = {"id": "a", "document": {"number": "12/UBND-NC"}, "tasks": [labelled]}
    (folder / "labels" / "a.json").write_text(json.dumps(label), encoding="utf-8")
    store = open_store(commanded)
    surer = kept(store, commanded, 1.5)
    store.engine.dispose()
    done = CliRunner().invoke(app, ["compare", "shipped", surer[:12], "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    assert "1 văn bản" in done.output
    assert "all\tbrier\t1\t+" in done.output
    [line] = [one for one in done.output.splitlines() if one.startswith(("+ ", "− "))]
    assert line.startswith("+ ")
    assert "→" in line
    assert "rà soát hồ sơ" in line
