"""`dondoc train`, `compare`, `promote`, `rollback`, `models`: the office's own models."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from models.registry import Card
    from service.learning.promoting import Compared
    from service.learning.training import Labelled
    from service.settings import Settings
    from service.store import Store

models = typer.Typer(
    no_args_is_help=True, help="Mô hình của cơ quan: danh sách, từng mô hình (the office's own models)."
)
_SHOWN = 90  # characters of a task
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


def compare(
    first: Annotated[
        str, typer.Argument(metavar="ID", help="Mô hình thứ nhất; shipped là mô hình kèm theo.")
    ],
    second: Annotated[str, typer.Argument(metavar="ID", help="Mô hình thứ hai, được so với nó.")],
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Thư mục labels/ và sources/; không thì văn bản đã rà soát (labels)."),
    ] = None,
    most: Annotated[
        int, typer.Option("--most", min=0, help="Số nhiệm vụ nêu ra (tasks to list), 0: không.")
    ] = 20,
) -> None:
    """So hai mô hình trên văn bản chưa học; nêu nhiệm vụ đổi độ tin cậy (compare, rehearse)."""
    from models.registry import BrokenModelError, Registry
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.learning.promoting import compared
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        registry = Registry(settings.models_dir)
        try:
            ids = ["" if name == "shipped" else registry.named(name) for name in (first, second)]
            found = compared(settings, _labelled(folder, open_store(settings), settings), ids[0], ids[1])
        except BrokenModelError as error:
            _stop(str(error))
    if not found.documents:
        _stop("không có văn bản nào mà hai mô hình chưa học (no document that taught neither)")
    _changes(found)
    for one in found.moved[:most]:
        sign = "+" if one.better else "−"
        typer.echo(f"{sign} {one.before:.2f} → {one.after:.2f}  {one.document[:12]}  {one.text[:_SHOWN]}")
    if len(found.moved) > most:
        typer.echo(f"… {len(found.moved) - most} nhiệm vụ nữa (more tasks)")


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


def _changes(found: Compared) -> None:
    """The table of slices: how much better the second model is, with its interval."""
    typer.echo(f"{found.documents} văn bản (documents)")
    for one in found.changes:
        low, high = one.difference.low, one.difference.high
        span = f"({low:+.3f} … {high:+.3f})" if low is not None and high is not None else ""
        worse = "kém đi (worse)" if one.worse else ""
        figures = f"{one.difference.value:+.3f}\t{span}"
        typer.echo(f"{one.slice}\t{one.measure}\t{one.documents}\t{figures}\t{worse}".rstrip())


def _figures(card: Card) -> None:
    for name, figures in card.slices.items():
        typer.echo("\t".join([name, *(f"{key} {value:g}" for key, value in figures.items())]))


def _actor() -> str:
    return f"máy chủ: {getpass.getuser()}"


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
