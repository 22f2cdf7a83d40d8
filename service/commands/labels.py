"""`dondoc labels`: reviewed documents as labelled ones, in other tools' forms and back; which to label."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from annotation.agreement import Agreement
    from annotation.marked import MarkedDocument

labels = typer.Typer(
    no_args_is_help=True,
    help="Văn bản đã gán nhãn: xuất, đổi dạng, so hai người, chọn việc tiếp theo (labelled documents).",
)


class Form(StrEnum):
    """The forms of annotation/exchange/forms.py."""

    OWN = "own"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    CONLL = "conll"
    DOCBIN = "docbin"


Written = Annotated[Form, typer.Option("--format", help="own, label-studio, doccano, conll, docbin")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]


@labels.command()
def export(
    out: Annotated[Path, typer.Argument(dir_okay=False, help="Tệp ghi ra (file to write).")],
    form: Written = Form.OWN,
    hard: Annotated[
        bool, typer.Option("--hard", help="Chỉ những văn bản hai người rà soát khác nhau (hard cases).")
    ] = False,
) -> None:
    """Xuất văn bản đã rà soát thành văn bản có nhãn (reviewed documents as labelled ones)."""
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        store = open_store(Settings())
        with store.reading() as work:
            found = (one for _, one in work.labelled.documents())
            number = _write(out, form, (one for one in found if one.hard or not hard))
    typer.echo(f"{out}: {number} văn bản (documents)", err=True)


@labels.command()
def convert(
    file: File,
    out: Annotated[Path, typer.Argument(dir_okay=False)],
    read: Annotated[Form, typer.Option("--from", help="Dạng của tệp vào (form of FILE).")],
    write: Annotated[Form, typer.Option("--to", help="Dạng của tệp ra (form of OUT).")] = Form.OWN,
) -> None:
    """Đổi một tệp nhãn sang dạng khác (labelled documents from one form into another)."""
    number = _write(out, write, _read(file, read))
    typer.echo(f"{out}: {number} văn bản (documents)", err=True)


@labels.command()
def configuration() -> None:
    """In cấu hình cho Label Studio (the labelling interface to paste into Label Studio)."""
    from annotation.exchange.label_studio import configuration as made

    typer.echo(made())


@labels.command()
def agree(
    one: File,
    other: File,
    form: Written = Form.OWN,
    json_: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """So nhãn của hai người trên cùng các văn bản (how far two people's labels agree)."""
    from annotation.agreement import marked_agreement

    try:
        found = marked_agreement(list(_read(one, form)), list(_read(other, form)))
    except ValueError as error:
        _stop(str(error))
    typer.echo(json.dumps(_as_json(found), ensure_ascii=False) if json_ else _as_text(found))


@labels.command("next")
def next_(
    most: Annotated[int, typer.Option("--most", min=1, help="Số văn bản (how many).")] = 20,
) -> None:
    """Chọn văn bản nên rà soát tiếp, theo độ ngờ và độ mới (what to look at next, by doubt and novelty)."""
    from annotation.choosing import chosen
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        store = open_store(Settings())
        with store.reading() as work:
            known = (one.text for _, one in work.labelled.documents())
            waiting = {str(one.id): one for one in work.labelled.waiting()}
            choices = list(chosen([one.candidate for one in waiting.values()], known, most))
    for choice in choices:
        row = waiting[choice.id]
        told = f"{row.number or '—'} · {row.name}"
        typer.echo(f"{choice.id}\t{choice.doubt:.2f}\t{choice.novelty:.2f}\t{told}")
    if not choices:
        typer.echo("Không có văn bản nào chờ rà soát (nothing waits for review).", err=True)


def _read(path: Path, form: Form) -> Iterator[MarkedDocument]:
    from annotation.exchange.forms import FORMS
    from annotation.exchange.regions import WrongFile

    try:
        yield from FORMS[form].read(path.read_bytes())
    except WrongFile as error:
        _stop(f"{path}: {error}")
    except OSError as error:
        _stop(f"{path}: không đọc được (cannot read: {error.strerror})")


def _write(path: Path, form: Form, documents: Iterable[MarkedDocument]) -> int:
    """Writes beside the file first, so that a failure leaves what was there; how many documents."""
    from annotation.exchange.forms import FORMS

    number = 0

    def counted() -> Iterator[MarkedDocument]:
        nonlocal number
        for number, one in enumerate(documents, 1):  # noqa: B007 - the last number is what is told
            yield one

    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as stream:
            for piece in FORMS[form].write(counted()):
                stream.write(piece)
        draft.replace(path)
    except OSError as error:
        _stop(f"{path}: không ghi được (cannot write: {error.strerror})")
    finally:
        draft.unlink(missing_ok=True)
    return number


def _as_json(found: Agreement) -> dict[str, object]:
    return {
        "documents": found.documents,
        "f1": dict(found.f1),
        "spans": found.spans,
        "alpha": dict(found.alpha),
        "different": dict(found.different),
    }


def _as_text(found: Agreement) -> str:
    lines = [f"văn bản (documents): {found.documents}"]
    lines += [f"F1 {name}: {value:.3f}" for name, value in found.f1.items()]
    lines += [f"F1 spans: {found.spans:.3f}"] if found.spans is not None else []
    lines += [
        f"alpha {name}: {'—' if value is None else f'{value:.3f}'}" for name, value in found.alpha.items()
    ]
    lines += [f"{name}: {number} khác nhau (different)" for name, number in found.different.items() if number]
    return "\n".join(lines)


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
