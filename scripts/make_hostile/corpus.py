"""All hostile files together, and good ones between them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scripts.make_hostile import places
from scripts.make_hostile.model import Hostile
from scripts.make_hostile.office import OFFICE
from scripts.make_hostile.pdfs import PDFS
from scripts.make_hostile.pictures import PICTURES
from scripts.make_hostile.texts import ORDER, TEXTS
from scripts.make_hostile.zips import ZIPS

HOSTILE: tuple[Hostile, ...] = (*PDFS, *OFFICE, *ZIPS, *PICTURES, *TEXTS)
_EVERY = 9  # hostile files to a good one

GOOD = """\
ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN
Số: {number}/CT-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Sơn, ngày 04 tháng 3 năm 2024

CHỈ THỊ
Về việc tăng cường quản lý bến bãi ven sông

1. Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh rà soát các bến bãi, báo cáo trước ngày 20/4/2024.

Nơi nhận:                                   CHỦ TỊCH
- Như trên;
- Lưu: VT.                                  Trần Văn Mẫu
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What may become of a file, and what the line that tells of it must say."""

    outcomes: frozenset[str]
    says: str = ""


def lay(folder: Path, *, light: bool = True, heavy: bool = False) -> dict[Path, Expected]:
    """Makes the files in `folder`, which it makes too, those of a kind beside each other, good ones among
    them; by path what is expected of each."""
    expected: dict[Path, Expected] = {}
    for number, one in enumerate(HOSTILE):
        if heavy if one.heavy else light:
            path = folder / one.name.rpartition(".")[2] / one.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.make())
            expected[path] = Expected(one.expected, one.says)
        if number % _EVERY == 0:
            good = folder / "good" / f"{number + 1}.txt"
            good.parent.mkdir(parents=True, exist_ok=True)
            good.write_text(GOOD.format(number=number + 1), encoding="utf-8")
            expected[good] = Expected(frozenset({"done"}))
    odd = folder / "odd"
    odd.mkdir()
    for path, outcomes in places.lay(odd, ORDER).items():
        expected[path] = Expected(outcomes)
    return expected
