"""`dondoc train`, `promote`, `rollback`, `models`: the office's own models."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from models.registry import Card
    from service.learning.training import Labelled
    from service.settings import Settings
    from service.store import Store

models = typer.Typer(
    no_args_is_help=True, help="Mô hình của cơ quan: danh sách, từng mô hình (the office's own models)."
)
Named = Annotated[str, typer.Argument(metavar="ID", help="Mã mô hình, vài chữ đầu (id, its first letters).")]


def train(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Thư mục labels/ và sources/; không thì văn bản đã rà soát (labels)."),
    ] = None,
) -> None:
    """Học mô hình tin cậy từ văn bản đã rà soát, thành mô hình ứng viên (train a candidate model)."""
    from models.registry import Registry
    from models.training.office import TooFew
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.commands.writing import progress
    from service.learning.training import learn
    from service.learning.training import train as trained
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        labelled = _labelled(folder, store, settings)
        with progress(len(labelled)) as step:
            learned = learn(labelled, settings, step.advance)
            for name in learned.unread:
                step.say(f"{name}: không đọc được, bỏ qua (cannot be read, left out)")
        with store.reading() as work:
            parent = work.models.current("confidence")
        try:
            made = trained(learned, Registry(settings.models_dir), parent=parent)
        except TooFew as error:
            _stop(str(error))
        with store.begin() as work:
            work.models.add(made.id, made.card)
    typer.echo(made.id)
    _figures(made.card)


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
            _stop(str(error))
    typer.echo(f"Đã đưa vào dùng (promoted): {made}")


def rollback() -> None:
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
            made = roll_back(store, settings, _actor())
        except (BrokenModelError, NothingBefore) as error:
            _stop(str(error))
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
            _stop(str(error))
    typer.echo(found.id)
    for name in ("kind", "data", "code", "seed", "trained_at", "parent", "documents", "tasks"):
        typer.echo(f"{name}: {getattr(found.card, name)}")
    _figures(found.card)


def _labelled(folder: Path | None, store: Store, settings: Settings) -> list[Labelled]:
    from annotation.evaluation.gold import NoGold, read_gold
    from service.learning.training import of_folder, of_store

    if folder is None:
        return of_store(store, settings)
    try:
        return of_folder(read_gold(folder))
    except NoGold as error:
        raise typer.BadParameter(str(error), param_hint="--folder") from None


def _figures(card: Card) -> None:
    for name, figures in card.slices.items():
        typer.echo("\t".join([name, *(f"{key} {value:g}" for key, value in figures.items())]))


def _actor() -> str:
    return f"máy chủ: {getpass.getuser()}"


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
