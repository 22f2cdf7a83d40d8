"""An encoder from bare text to a second reader: pretrained, taught, exported, and read with, all for real."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from letter import LETTER, TASKS, directive_of

pytest.importorskip("torch", reason="needs the extra train (scripts/setup.sh --with-train)")
pytest.importorskip("onnxscript", reason="needs the extra train (scripts/setup.sh --with-train)")

import torch
from tokenizers import Tokenizer

from models.encoder.judge import EncoderJudge
from models.encoder.model import ENCODER, DamagedEncoderError, load
from models.encoder.sight import seen
from models.encoder.slices import Slicer
from models.reader.judging import view_of
from models.reader.read import see
from models.reader.tags import BEGINS
from models.training.encoder import finetune as finetuning
from models.training.encoder import pretrain as pretraining
from models.training.encoder.export import export
from models.training.encoder.tokenizer import taught
from models.training.lessons import Lesson, lesson

pytestmark = pytest.mark.filterwarnings("ignore")  # of torch's and onnx's own making
SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "labels"
TINY = pretraining.Plan(
    layers=1, width=32, vocabulary=600, length=32, batch=8, steps=60, every=(1, 1), report=20, rate=3e-3
)
QUICK = finetuning.Plan(epochs=8, patience=8, rate=1e-3, heads_rate=3e-3, held=4)
torch.set_num_threads(1)  # several only wait for each other where all is tiny


class BrokenOffError(Exception):
    """A training is broken off."""


def broken_at(line: str) -> object:
    def say(said: str) -> None:
        if line in said:
            raise BrokenOffError

    return say


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the samples' labels quote, as bare text."""
    path = tmp_path_factory.mktemp("text") / "text.txt"
    labels = [json.loads(one.read_text(encoding="utf-8")) for one in sorted(SAMPLES.glob("*.json"))]
    lines = [task["text"].replace("\n", " ") for label in labels for task in label["tasks"]]
    path.write_text("\n".join([*lines, *LETTER.splitlines()]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own(text: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own")
    pretraining.pretrain(text, folder, TINY, lambda said: None)
    return folder


@pytest.fixture(scope="module")
def lessons() -> Sequence[Lesson]:
    return [lesson(directive_of(LETTER), TASKS)] * 8


@pytest.fixture(scope="module")
def learned(own: Path, lessons: Sequence[Lesson], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taught")
    finetuning.finetune(own, lessons, folder, QUICK, lambda said: None)
    return folder


@pytest.fixture(scope="module")
def exported(learned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported")
    export(learned, folder)
    return folder


def test_a_tokenizer_hears_no_difference_of_case_tone_style_or_number(text: Path) -> None:
    tokenizer = taught(text.read_text(encoding="utf-8").splitlines(), 600)
    assert (
        tokenizer.encode("Uỷ ban hoà giải ngày 15").ids == tokenizer.encode("ỦY BAN hòa giải ngày 2024").ids
    )
    assert tokenizer.encode("số").ids != tokenizer.encode("sở").ids
    assert "[UNK]" not in tokenizer.encode(LETTER).tokens


def test_pretraining_learns_and_says_how_it_goes(text: Path, tmp_path: Path) -> None:
    told: list[dict[str, float]] = []
    pretraining.pretrain(text, tmp_path, TINY, lambda said: told.append(json.loads(said)))
    assert [one["step"] for one in told] == [20, 40, 60]
    assert told[-1]["loss"] < told[0]["loss"]


def test_pretraining_that_was_broken_off_ends_as_if_it_had_not_been(
    text: Path, own: Path, tmp_path: Path
) -> None:
    with pytest.raises(BrokenOffError):
        pretraining.pretrain(text, tmp_path, TINY, broken_at('"step": 40'))
    assert not (tmp_path / "model.safetensors").exists()
    pretraining.pretrain(text, tmp_path, TINY, lambda said: None)
    assert (tmp_path / "model.safetensors").read_bytes() == (own / "model.safetensors").read_bytes()


def test_teaching_that_was_broken_off_ends_as_if_it_had_not_been(
    own: Path, lessons: Sequence[Lesson], tmp_path: Path
) -> None:
    plan = replace(QUICK, epochs=3)
    with pytest.raises(BrokenOffError):
        finetuning.finetune(own, lessons, tmp_path / "broken", plan, broken_at('"epoch": 2'))
    for name in ("broken", "whole"):
        finetuning.finetune(own, lessons, tmp_path / name, plan, lambda said: None)
    for name in ("model.safetensors", "heads.safetensors"):
        assert (tmp_path / "broken" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_teaching_stops_when_nothing_is_won_any_more(
    own: Path, lessons: Sequence[Lesson], tmp_path: Path
) -> None:
    told: list[dict[str, float]] = []
    plan = replace(QUICK, epochs=9, patience=2, rate=0.0, heads_rate=0.0)
    best = finetuning.finetune(own, lessons, tmp_path, plan, lambda said: told.append(json.loads(said)))
    assert len(told) == 3  # the first is the best, and two that win nothing
    assert best == pytest.approx(told[0]["f1_held_out"], abs=1e-4)


def test_what_was_taught_is_seen_again(exported: Path) -> None:
    found = see(directive_of(LETTER), load(exported))
    assert [[unit.name for unit in one.leads] for one in found] == [task["leads"] for task in TASKS]
    assert [[unit.name for unit in one.cooperators] for one in found] == [[], ["Văn phòng Sở"], []]
    assert [str(one.deadline.date) for one in found if one.deadline] == ["2024-04-15"]
    assert all(0.5 < one.likely <= 1 for one in found)


def test_the_quantised_encoder_says_what_torch_says(learned: Path, exported: Path) -> None:
    view = view_of(directive_of(LETTER))
    torch_judge, small = finetuning.judge_of(learned), load(exported)
    ours, theirs = (one.logits(seen(view, one.slicer)) for one in (torch_judge, small))
    for name in ("tags", "roles", "dues"):
        one, other = getattr(ours, name), getattr(theirs, name)
        assert (one.argmax(1) == other.argmax(1)).all()
        assert np.abs(one - other).max() < 0.1 * np.abs(one).max()
    assert (exported / ENCODER).stat().st_size < (learned / "model.safetensors").stat().st_size / 2


def test_reading_in_teaching_is_reading_in_use(learned: Path) -> None:
    judge = finetuning.judge_of(learned)
    what = seen(view_of(directive_of(LETTER)), judge.slicer)
    with torch.no_grad():
        tags, roles, dues = judge.network(what)  # type: ignore[operator]
    said = judge.logits(what)
    for one, other in ((tags, said.tags), (roles, said.roles), (dues, said.dues)):
        assert np.allclose(one.numpy(), other, atol=1e-4)


def test_a_text_without_mentions_and_one_without_words_are_read(exported: Path) -> None:
    judge = load(exported)
    for said in ("Trời đẹp.", "."):
        assert see(directive_of(said), judge) == ()


def test_any_local_hugging_face_encoder_is_taken(
    own: Path, lessons: Sequence[Lesson], tmp_path: Path
) -> None:
    from transformers import AutoTokenizer, RobertaConfig, RobertaModel

    other = tmp_path / "roberta"
    tokenizer = AutoTokenizer.from_pretrained(own)
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    config = RobertaConfig(vocab_size=len(tokenizer), max_position_embeddings=40, **sizes)
    RobertaModel(config).save_pretrained(other)
    tokenizer.save_pretrained(other)
    finetuning.finetune(other, lessons, tmp_path / "taught", replace(QUICK, epochs=1), lambda said: None)
    export(tmp_path / "taught", tmp_path / "exported")
    judge = load(tmp_path / "exported")
    assert judge.slicer.cut(["hồ sơ " * 100])[0][0].ids[-1] == tokenizer.sep_token_id
    assert judge(view_of(directive_of(LETTER))).tags


def test_the_exported_files_are_checked_before_they_are_read(exported: Path, tmp_path: Path) -> None:
    shutil.copytree(exported, tmp_path / "copy")
    (tmp_path / "copy" / ENCODER).write_bytes(b"onnx")
    with pytest.raises(DamagedEncoderError, match=r"encoder\.onnx"):
        load(tmp_path / "copy")
    with pytest.raises(DamagedEncoderError, match=r"encoder\.sha256\.txt"):
        load(tmp_path)


def slicer_of(own: Path, length: int) -> Slicer:
    return Slicer(Tokenizer.from_file(str(own / "tokenizer.json")), length)


def test_a_long_text_is_cut_where_a_sentence_or_else_a_word_ends(own: Path) -> None:
    said = "Rà soát hồ sơ; lập danh sách; bố trí kinh phí. " * 3
    windows = slicer_of(own, 16).cut([said])[0]
    assert len(windows) > 2
    starts = [one.start for one in windows]
    assert starts[0] == 0
    assert all(said[start - 1] == " " for start in starts[1:])
    assert all(len(one.ids) <= 16 for one in windows)
    assert all(said[one.ends[-1] - 1] in ";." for one in windows)


def test_a_mention_is_found_by_its_tokens(own: Path) -> None:
    said = "Yêu cầu Phòng Tổ chức rà soát."
    window = slicer_of(own, 64).cut([said])[0][0]
    start = said.index("Phòng")
    place = window.place(start, start + len("Phòng Tổ chức"))
    begin = 0 if place.start == 1 else window.ends[place.start - 2]
    assert said[begin : window.ends[place.stop - 2]].strip() == "Phòng Tổ chức"


def test_the_judge_is_one_of_many(exported: Path) -> None:
    judge = load(exported)
    assert isinstance(judge, EncoderJudge)
    view = view_of(directive_of(LETTER))
    judged = judge(view)
    assert len(judged.tags) == len(view.pieces)
    assert judged.tags.count(BEGINS) == 3
