"""`dondoc evaluate`: labelled documents in, how well they are read out: a table, JSON or a page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from annotation.evaluation.gold import Gold
    from service.evaluating import Evaluated
    from service.settings import Settings


_PARTS = ("labels", "sources")


class Format(StrEnum):
    """How the evaluation is written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


class By(StrEnum):
    """What rows the table has beside that of all documents."""

    TYPE = "type"
    SOURCE = "source"
    DOCUMENT = "document"


Models = Annotated[
    list[str] | None,
    typer.Option("--model", metavar="ID", help="Đọc bằng mô hình này, hoặc shipped (read by; repeatable)."),
]


def evaluate(
    folder: Annotated[
        Path,
        typer.Argument(metavar="GOLD_DIR", help="Thư mục có labels/ và sources/ (a folder with both)."),
    ],
    form: Annotated[Format, typer.Option("--format", help="table, json, html")] = Format.TABLE,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Ghi ra tệp (write to a file).")] = None,
    by: Annotated[
        list[By] | None, typer.Option("--by", help="Bảng theo: type, source, document (rows; repeatable).")
    ] = None,
    corrected: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="Thư mục văn bản quét đã sửa tay, MÃ.txt (hand-corrected texts of scans, ID.txt).",
        ),
    ] = None,
    model: Models = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="Số tiến trình đọc (reading processes; all cores).")
    ] = None,
) -> None:
    """Đối chiếu kết quả với nhãn, kèm khoảng tin cậy và từng lỗi (measure against labelled documents)."""
    from service.commands.errors import one_line
    from service.commands.interrupt import once
    from service.settings import Settings

    once()
    gold = _gold(folder)
    _spare(folder, out)
    try:
        with one_line():
            settings = _reading_by(Settings() if workers is None else Settings(workers=workers), model or ())
            done = _evaluated(gold, settings, form, corrected)
            _write(done, form, out, [one.value for one in by or (By.TYPE, By.SOURCE)])
    except KeyboardInterrupt:
        typer.echo("Đã dừng (stopped).", err=True)
        raise typer.Exit(130) from None
    raise typer.Exit(1 if done.troubles else 0)


def _reading_by(settings: Settings, models: Sequence[str]) -> Settings:
    """The settings that name these models, each in the place of the one in use of its kind."""
    from models.registry import BrokenModelError, Registry
    from service.learning.promoted import KINDS, SHIPPED

    registry = Registry(settings.models_dir)
    chosen: dict[str, str] = {}
    try:
        for name in models:
            identifier = SHIPPED if name == SHIPPED else registry.named(name)
            kinds = KINDS if name == SHIPPED else (registry.get(identifier).card.kind,)
            chosen |= {f"{kind}_model": identifier for kind in kinds}
    except BrokenModelError as error:
        raise typer.BadParameter(str(error), param_hint="--model") from None
    return settings.model_copy(update=chosen)


def _gold(folder: Path) -> Gold:
    from annotation.evaluation.gold import NoGold, read_gold

    try:
        return read_gold(folder)
    except NoGold as error:
        raise typer.BadParameter(str(error), param_hint="GOLD_DIR") from None


def _spare(folder: Path, out: Path | None) -> None:
    """Raises a usage error where the report would lie among the files that it reports on."""
    if out is not None and out.resolve().parent in {(folder / part).resolve() for part in _PARTS}:
        message = f"{out} nằm trong thư mục nhãn hoặc nguồn (lies among labels or sources)"
        raise typer.BadParameter(message, param_hint="--out")


def _evaluated(gold: Gold, settings: Settings, form: Format, corrected: Path | None) -> Evaluated:
    """Reads all, and says on stderr what could not be read."""
    from service.commands.writing import progress
    from service.evaluating import evaluate as evaluated

    with progress(len(gold.sources)) as step:
        done = evaluated(gold, settings, pictures=form is Format.HTML, corrected=corrected, done=step.advance)
        for line in done.troubles:
            step.say(line)
    if done.taught:
        typer.echo(
            f"{done.taught} văn bản đã dạy mô hình, số liệu quá đẹp (documents taught the model)", err=True
        )
    return done


def _write(done: Evaluated, form: Format, out: Path | None, by: list[str]) -> None:
    import json

    from annotation.evaluation.summary import as_json
    from service.commands.writing import opened_text

    with opened_text(out) as file:
        match form:
            case Format.JSON:
                told = as_json(done.summary) | {"refused": done.refused, "troubles": list(done.troubles)}
                told |= {"version": done.version, "taught": done.taught}
                file.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
            case Format.HTML:
                from service.report.evaluation import page

                for chunk in page(done):
                    file.write(chunk)
            case Format.TABLE:
                from service.commands.figures import print_figures

                print_figures(done, file, by)
