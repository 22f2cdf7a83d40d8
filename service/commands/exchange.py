"""`dondoc exchange`: packages for the national exchange of documents: answers to senders, documents out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from service.exchange.asked import Asked

if TYPE_CHECKING:
    from pipeline.exchange.package import Answered

exchange = typer.Typer(
    no_args_is_help=True, help="Gói tin edXML: trả lời trạng thái, gửi văn bản (answers, documents out)."
)
Named = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="Mã, số hiệu hoặc sha256 (id, number or sha256).")
]
Out = Annotated[Path | None, typer.Option("--out", "-o", help="Tệp ghi ra; không thì stdout (file).")]


@exchange.command()
def answer(
    document: Named,
    status: Annotated[
        Asked, typer.Option(help="Trạng thái; current là theo sổ (current: what the book knows).")
    ] = Asked.CURRENT,
    words: Annotated[str, typer.Option("--words", help="Lời kèm theo (words for the sender).")] = "",
    out: Out = None,
) -> None:
    """Trả lời nơi gửi về trạng thái một văn bản (answer a document's sender: arrived, received, done …)."""
    from pipeline.exchange.writing import Incomplete
    from service.bootstrap import open_store
    from service.commands.errors import deliver, one_line_with_store
    from service.commands.naming import one_document
    from service.exchange.answering import NotExchanged
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        found = one_document(store, document)
        try:
            with store.reading() as work:
                made = work.answering.answer(found.id, status, settings.office_organ, words)
        except NotExchanged:
            _stop("Văn bản không đến qua trục liên thông (did not come by the exchange).")
        except Incomplete:
            _stop("Chưa đặt mã cơ quan DONDOC_OFFICE_ID (the office has no id in the exchange).")
    deliver(made.content, out)
    typer.echo(f"{found.number or found.name}: {made.code.value}", err=True)


@exchange.command()
def pack(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, metavar="FILE…")],
    number: Annotated[str, typer.Option(help="Số, ký hiệu (number): 45/VP-TH.")],
    subject: Annotated[str, typer.Option(help="Trích yếu (subject).")],
    to: Annotated[list[str], typer.Option(help="Nơi nhận, mã=tên (receiver, id=name), nhiều lần được.")],
    issued_on: Annotated[str, typer.Option("--date", help="Ngày ban hành, YYYY-MM-DD (day of issue).")],
    signer: Annotated[str, typer.Option(help="Người ký (who signed).")] = "",
    priority: Annotated[int, typer.Option(min=0, max=4, help="Độ khẩn 0 đến 4 (urgency).")] = 0,
    answers: Annotated[
        list[str] | None, typer.Option(help="Văn bản đến được trả lời (a document that this answers).")
    ] = None,
    out: Out = None,
) -> None:
    """Đóng gói văn bản đi, như công văn đôn đốc, thành gói edXML (pack a letter that goes out)."""
    from pipeline.exchange.writing import Incomplete
    from service.commands.errors import deliver, one_line_with_store
    from service.exchange.sending import Letter, attached, packed
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        letter = Letter(number, subject, _day(issued_on), tuple(to), signer, priority)
        try:
            carried = [attached(path) for path in files]
            content = packed(
                letter, settings.office_organ, settings.office_place, carried, _answered(answers)
            )
        except Incomplete as error:
            _stop(f"Gói tin còn thiếu (the package lacks): {error}")
        except OSError as error:
            _stop(f"{error.filename}: không đọc được (cannot read: {error.strerror})")
    deliver(content, out)


def _answered(named: list[str] | None) -> tuple[Answered, ...]:
    from service.bootstrap import open_store
    from service.commands.naming import one_document
    from service.exchange.answering import NotExchanged
    from service.settings import Settings

    if not named:
        return ()
    store = open_store(Settings())
    documents = [one_document(store, one) for one in named]
    try:
        with store.reading() as work:
            return tuple(work.answering.answered(one.id) for one in documents)
    except NotExchanged:
        _stop("Văn bản không đến qua trục liên thông (did not come by the exchange).")


def _day(given: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter("YYYY-MM-DD", param_hint="--date") from None


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
