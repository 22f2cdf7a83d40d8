"""`dondoc budget`: how much may be filed without a look: what was reviewed, the promise, how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotation.budget.thresholds import Level
    from service.budget.watch import Standing
    from service.store import Store

budget = typer.Typer(
    no_args_is_help=True,
    help="Ngân sách sai sót: nhiệm vụ được nhận mà không ai xem (filed without a look).",
)
Wrong = Annotated[
    float, typer.Option(min=0.001, max=0.2, help="Tỷ lệ sai được phép (share of wrong ones allowed).")
]
Audit = Annotated[
    float, typer.Option(min=0.01, max=0.9, help="Tỷ lệ giữ lại kiểm tra (share drawn to be looked at).")
]


@budget.command()
def show(
    wrong: Annotated[
        float | None,
        typer.Option(min=0.001, max=0.2, help="Xem ngưỡng cho tỷ lệ sai khác (for another share)."),
    ] = None,
) -> None:
    """Đang tự nhận thế nào, ngưỡng và đường cong (how it stands, threshold and curve)."""
    from annotation.budget.thresholds import chosen, curve
    from service.commands.errors import one_line_with_store

    with one_line_with_store(), _store().reading() as work:
        row = work.budget.book.current()
        standing = work.budget.watch.standing(row)
        reviewed = work.budget.evidence.reviewed()
        promise = wrong or (row.wrong_share if row else 0.01)
        for line in _told(standing):
            typer.echo(line)
    count = len(reviewed.tasks)
    typer.echo(f"Đã rà soát (reviewed): {count} nhiệm vụ, {len(reviewed.documents)} văn bản")
    for level in curve(reviewed.tasks):
        typer.echo(_line(level, count))
    found = chosen(reviewed.tasks, promise)
    if found is None:
        typer.echo(f"Chưa đủ để hứa sai không quá {_percent(promise)} (not enough to promise that).")
    else:
        typer.echo(f"Ngưỡng (threshold) {_percent(promise)}: {_line(found, count)}")


@budget.command("set")
def set_(wrong: Wrong = 0.01, audit: Audit = 0.1) -> None:
    """Bật tự nhận trong ngân sách này, tính lại ngưỡng (switch on, find the threshold anew)."""
    import getpass

    from service.commands.errors import one_line_with_store

    with one_line_with_store(), _store().begin() as work:
        row = work.budget.book.switch_on(f"máy chủ: {getpass.getuser()}", wrong, audit)
        for line in _told(work.budget.watch.standing(row)):
            typer.echo(line)


@budget.command()
def off() -> None:
    """Tắt: không tự nhận nữa, điều đã nhận giữ nguyên (switch off; what was accepted stays)."""
    import getpass

    from service.commands.errors import one_line_with_store

    with one_line_with_store(), _store().begin() as work:
        work.budget.book.switch_off(f"máy chủ: {getpass.getuser()}")
        for line in _told(work.budget.watch.standing(work.budget.book.current())):
            typer.echo(line)


def _store() -> Store:
    from service.bootstrap import open_store
    from service.settings import Settings

    return open_store(Settings())


def _told(standing: Standing) -> Iterator[str]:
    from service.budget.words import DRIFTS, STANDINGS

    row, audit = standing.row, standing.audit
    why = standing.why or "on"
    yield f"{STANDINGS[why]} ({why})"
    if row is None or not row.active:
        return
    threshold = f"{row.threshold:.3f}" if row.threshold is not None else "—"
    shares = f"sai (wrong) ≤ {_percent(row.wrong_share)}, kiểm tra (audit) {_percent(row.audit_share)}"
    yield f"Lời hứa (promise): {shares}, ngưỡng (threshold) {threshold}"
    yield f"Đã tự nhận (accepted unseen): {standing.accepted}, sửa sau (corrected): {standing.corrected}"
    seen = f"{audit.wrong}/{audit.tasks} sai (wrong), chờ (waiting) {standing.waiting}"
    yield f"Mẫu kiểm tra (audit sample): {seen}"
    for kind, one in standing.drifts.items():
        index = "—" if one.index is None else f"{one.index:.2f}"
        yield f"{DRIFTS[kind]} ({kind}): PSI {index}, giới hạn (limit) {one.limit:.2f}"


def _line(level: Level, all_: int) -> str:
    low, high = map(_percent, level.bounds)
    share = f"{_percent(level.tasks / all_)} ({level.tasks})"
    return f"≥ {level.threshold:.3f}\t{share}\tsai (wrong) {_percent(level.error)} [{low} – {high}]"


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %".replace(".", ",")
