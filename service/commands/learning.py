"""`dondoc train`, `compare`: candidates from what was reviewed, and what they would change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.models import Kind, figures, stop

if TYPE_CHECKING:
    from models.registry import Registry
    from service.learning.documents import Labelled, Learned
    from service.learning.rehearsing import Pair, Promise, Rehearsed
    from service.learning.training import Trained
    from service.settings import Settings
    from service.store import Store


Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Thư mục labels/ và sources/; không thì văn bản đã rà soát (labels)."),
]


def train(
    folder: Folder = None,
    kind: Annotated[
        Kind,
        typer.Option(help="confidence: độ tin cậy; reader: bộ đọc thứ hai (confidence or second reader)."),
    ] = Kind.CONFIDENCE,
    samples: Annotated[
        bool,
        typer.Option(help="Bộ đọc học thêm các văn bản mẫu (reader: the shipped samples teach too)."),
    ] = True,
) -> None:
    """Học một mô hình từ văn bản đã rà soát, thành mô hình ứng viên (train a candidate model)."""
    from models.registry import Registry
    from models.training.office import TooFew
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        store = open_store(settings)
        labelled = _labelled(folder, store, settings)
        with store.reading() as work:
            parent = work.models.current(kind.value)
        registry = Registry(settings.models_dir)
        try:
            if kind is Kind.READER:
                made = _reader(labelled, _samples() if samples else [], settings, registry, parent)
            else:
                made = _confidence(labelled, settings, registry, parent)
        except TooFew as error:
            stop(str(error))
        with store.begin() as work:
            work.models.add(made.id, made.card)
    typer.echo(made.id)
    figures(made.card)


def compare(
    first: Annotated[
        str, typer.Argument(metavar="ID", help="Mô hình thứ nhất; shipped là mô hình kèm theo.")
    ],
    second: Annotated[str, typer.Argument(metavar="ID", help="Mô hình thứ hai, được so với nó.")],
    folder: Folder = None,
    most: Annotated[
        int, typer.Option("--most", min=0, help="Số nhiệm vụ nêu ra mỗi loại (tasks to list), 0: không.")
    ] = 20,
    html: Annotated[
        Path | None, typer.Option("--html", help="Ghi thêm một trang (a page with all tasks).")
    ] = None,
    told: Annotated[
        Path | None, typer.Option("--json", help="Ghi thêm cho chương trình khác (for programs).")
    ] = None,
) -> None:
    """So hai mô hình trên văn bản chưa học; nêu từng nhiệm vụ sẽ đổi (compare, rehearse)."""
    from models.registry import BrokenModelError, Registry
    from service.bootstrap import open_store
    from service.commands.errors import one_line_with_store
    from service.learning.rehearsing import pair_of, rehearsed
    from service.learning.telling import lines
    from service.settings import Settings

    with one_line_with_store():
        settings = Settings()
        try:
            pair = pair_of(Registry(settings.models_dir), first, second)
            store = open_store(settings)
            found = rehearsed(settings, _labelled(folder, store, settings), pair, _promise(store, pair))
        except BrokenModelError as error:
            stop(str(error))
    if not found.documents:
        stop("không có văn bản nào mà hai mô hình chưa học (no document that taught neither)")
    for line in lines(found, most):
        typer.echo(line)
    with one_line_with_store():
        _files(found, html, told)


def _promise(store: Store, pair: Pair) -> Promise:
    """What the office promised; its threshold where that was found with the first of both models."""
    from service.learning.rehearsing import Promise

    with store.reading() as work:
        row = work.budget.book.current()
        used = work.models.current(pair.kind) == pair.first
    if row is None or not row.active:
        return Promise()
    return Promise(row.wrong_share, row.threshold if used and not row.stopped else None)


def _files(found: Rehearsed, html: Path | None, told: Path | None) -> None:
    import json

    from service.commands.writing import opened_text
    from service.learning.telling import as_json
    from service.report.rehearsal import page

    if html:
        with opened_text(html) as file:
            file.writelines(page(found))
    if told:
        with opened_text(told) as file:
            file.write(json.dumps(as_json(found), ensure_ascii=False, indent=1) + "\n")


def _confidence(labelled: Sequence[Labelled], settings: Settings, registry: Registry, parent: str) -> Trained:
    """Documents that taught the second reader in use are left out: its agreement says too much there."""
    from service.learning.promoted import used
    from service.learning.training import train as trained

    second = used(settings).second.id
    learned = _read(labelled, settings, (second,))
    taught = registry.get(second).card.taught if second else ()
    return trained(learned.without(taught), registry, parent=parent)


def _reader(
    labelled: Sequence[Labelled],
    samples: Sequence[Labelled],
    settings: Settings,
    registry: Registry,
    parent: str,
) -> Trained:
    from service.learning.promoted import used
    from service.learning.training import train_reader

    learned = _read(labelled, settings, lessons=True)
    more = _read(samples, settings, lessons=True).without([one.id for one in learned.compared])

    def judging(ids: Sequence[str], folder: Path, draft: str) -> Learned:
        return _read([learned.labelled[one] for one in ids], settings, (draft,), registry=folder)

    by = used(settings).confidence
    return train_reader(learned, registry, judging, by, samples=more.compared, parent=parent)


def _read(
    labelled: Sequence[Labelled],
    settings: Settings,
    readers: Sequence[str] = (),
    *,
    lessons: bool = False,
    registry: Path | None = None,
) -> Learned:
    """Reads all, and says on stderr what could not be read."""
    from service.commands.writing import progress
    from service.learning.documents import learn

    with progress(len(labelled)) as step:
        learned = learn(labelled, settings, readers, lessons=lessons, registry=registry, done=step.advance)
        for name in learned.unread:
            step.say(f"{name}: không đọc được, bỏ qua (cannot be read, left out)")
    return learned


def _labelled(folder: Path | None, store: Store, settings: Settings) -> list[Labelled]:
    from annotation.evaluation.gold import NoGold, read_gold
    from service.learning.documents import of_folder, of_store

    if folder is None:
        return of_store(store, settings)
    try:
        return of_folder(read_gold(folder))
    except NoGold as error:
        raise typer.BadParameter(str(error), param_hint="--folder") from None


def _samples() -> list[Labelled]:
    """The shipped samples; none where the product lies without them."""
    from annotation.evaluation.gold import read_gold
    from models.training.reader import SAMPLES
    from service.learning.documents import of_folder

    return of_folder(read_gold(SAMPLES)) if SAMPLES.is_dir() else []
