"""`dondoc promote`, `rollback`, `models`: which of the office's own models is in use."""

from __future__ import annotations

import getpass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from models.registry import Card

models = typer.Typer(
    no_args_is_help=True, help="Mô hình của cơ quan: danh sách, từng mô hình (the office's own models)."
)


class Kind(StrEnum):
    """What can be learned."""

    CONFIDENCE = "confidence"
    READER = "reader"


Named = Annotated[str, typer.Argument(metavar="ID", help="Mã mô hình, vài chữ đầu (id, its first letters).")]


def promote(
    model: Named,
    force: Annotated[
        str, typer.Option("--force", metavar="REASON", help="Vẫn dùng, vì sao (promote anyway: why).")
    ] = "",
) -> None:
    """Đưa một mô hình ứng viên vào dùng nếu không lát cắt nào kém đi (promote, refused where it is worse)."""
    from models.registry import BrokenModelError
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.learning.promoting import Refused, promote_model
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        try:
            made = promote_model(store, settings, model, _actor(), force)
        except (BrokenModelError, Refused) as error:
            stop(str(error))
    typer.echo(f"Đã đưa vào dùng (promoted): {made}")


def rollback(
    kind: Annotated[Kind, typer.Option(help="Loại mô hình (kind of model).")] = Kind.CONFIDENCE,
) -> None:
    """Quay lại mô hình dùng trước đó (go back to the model before)."""
    from models.registry import BrokenModelError
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.learning.models import NothingBefore
    from service.learning.promoting import roll_back
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        try:
            made = roll_back(store, settings, _actor(), kind.value)
        except (BrokenModelError, NothingBefore) as error:
            stop(str(error))
    typer.echo(f"Đã quay lại (rolled back to): {made or 'mô hình kèm theo (the shipped one)'}")


@models.command("list")
def list_() -> None:
    """Các mô hình và trạng thái; mô hình hỏng được nêu (all models, broken ones told)."""
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.learning.promoting import states
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        found = states(open_store(settings), settings)
    for one in found.models:
        typer.echo(f"{one.id[:12]}\t{one.kind}\t{one.state}\t{one.trained_at}\t{one.trouble}")
    for line in found.troubles:
        typer.echo(line, err=True)
    raise typer.Exit(1 if found.troubles else 0)


@models.command()
def show(model: Named) -> None:
    """Thẻ của một mô hình: dữ liệu, mã nguồn, số liệu theo lát cắt (a model's card)."""
    from models.registry import BrokenModelError, Registry
    from service.commands.errors import one_line
    from service.settings import Settings

    with one_line():
        registry = Registry(Settings().models_dir)
        try:
            found = registry.get(registry.named(model))
        except BrokenModelError as error:
            stop(str(error))
    typer.echo(found.id)
    for name in ("kind", "data", "code", "seed", "trained_at", "parent", "documents", "tasks", "note"):
        typer.echo(f"{name}: {getattr(found.card, name)}")
    figures(found.card)


def figures(card: Card) -> None:
    """Writes what a model's card says of each slice."""
    for name, figures in card.slices.items():
        typer.echo("\t".join([name, *(f"{key} {value:g}" for key, value in figures.items())]))


def _actor() -> str:
    return f"máy chủ: {getpass.getuser()}"


def stop(why: str) -> NoReturn:
    """Ends a command that cannot do what was asked."""
    typer.echo(why, err=True)
    raise typer.Exit(1)
