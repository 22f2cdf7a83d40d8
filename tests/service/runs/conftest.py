"""An archive with a file for each outcome, and runs over it as the command does them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from service.batch import Batch
from service.crew import Settled
from service.runs.following import Following
from service.settings import Settings
from service.store import Store
from service.walk import walk

NUMBERED = "number: {number}/CT-UBND\nissuer: UBND tỉnh Mẫu\nissued_on: 2024-03-01\n"


def directive(number: int) -> str:
    return NUMBERED.format(number=number) + "Sở Y tế; lập kế hoạch; 2024-03-15\n"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """What ends well, twice the same, doubtful, secret, broken, too large, not opened, a packet of two."""
    folder = tmp_path / "kho"
    folder.mkdir()
    files = {
        "a.txt": directive(1),
        "b.txt": directive(1),
        "c.txt": directive(3) + "issue: trang 2 mờ\n",
        "ke-hoach-tac-chien.txt": "secrecy: tuyet_mat\n",
        "hop-dong-kin.txt": "!unreadable",
        "large.txt": directive(4) + "x" * 2000,
        "05-CT-UBND.txt": directive(5),
        "05-CT-UBND phụ lục 1.txt": "Sở Tài chính; cấp kinh phí; \n",
    }
    for name, content in files.items():
        (folder / name).write_text(content)
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    return folder


@pytest.fixture
def run(store: Store, tmp_path: Path) -> Callable[..., Following]:
    """Reads folders, and tells what was followed."""

    def run(*roots: Path, retry_failed: bool = False) -> Following:
        settings = Settings(data_dir=tmp_path / "data", workers=2, child_memory_mb=400, max_bytes=1000)
        groups = list(walk(roots))
        following = Following(settings, store, roots, groups)

        def note(one: Settled) -> None:
            following.note(one)

        with following:
            Batch(settings, store, "fake_readers:plain").run(groups, note, retry_failed=retry_failed)
        return following

    return run
