"""The archive that chaos is let loose on: invented directives as PDF, Word and text, copies of some, and a
few that cannot or must not be kept.

Each directive bears a number of its own, so that what becomes of it does not hang on which was read first.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from benchmarks import mix

_HEAD = """ỦY BAN NHÂN DÂN TỈNH MẪU
Số: {number}/UBND-TH
Tỉnh Mẫu, ngày 05 tháng 3 năm 2024
{mark}
Kính gửi: Các sở, ban, ngành.

Để chấn chỉnh công tác quản lý, Ủy ban nhân dân tỉnh yêu cầu:
"""


def write(folder: Path, count: int, seed: int) -> list[Path]:
    """`count` files in folders of a hundred; of a hundred 60 are PDFs, 24 Word, 10 text, 2 copies of earlier
    ones, 2 damaged, 1 empty, 1 secret."""
    dice = random.Random(seed)
    made: list[Path] = []
    for at in range(count):
        place = folder / f"{at // 100:03d}"
        place.mkdir(parents=True, exist_ok=True)
        made.append(_one(place, at, dice, made))
    return made


def _one(place: Path, at: int, dice: random.Random, made: list[Path]) -> Path:
    name = f"van-ban-{at:05d}"
    match at % 100:
        case rest if rest < 60:
            return mix.write(place / f"{name}.pdf", 1, 0, at, at + 1)
        case rest if rest < 84:
            return _word(place / f"{name}.docx", at, dice)
        case rest if rest < 94:
            return _text(place / f"{name}.txt", at, dice)
        case rest if rest < 96:
            return _copy(place, dice.choice(made[-90:]))
        case 96:
            return _cut(place / f"{name}.pdf", made[-96])
        case 97:
            return _cut(place / f"{name}.docx", made[-30])
        case 98:
            path = place / f"{name}.pdf"
            path.touch()
            return path
        case _:
            return _text(place / f"{name}.txt", at, dice, mark="TỐI MẬT\n")


def _lines(at: int, dice: random.Random, mark: str) -> list[str]:
    items = [f"{number}. {mix.assignment(dice)}" for number in range(1, dice.randrange(3, 9))]
    return _HEAD.format(number=at + 1, mark=mark).splitlines() + items


def _text(path: Path, at: int, dice: random.Random, mark: str = "") -> Path:
    path.write_text("\n".join(_lines(at, dice, mark)) + "\n", encoding="utf-8")
    return path


def _word(path: Path, at: int, dice: random.Random) -> Path:
    import docx

    document = docx.Document()
    for line in _lines(at, dice, ""):
        document.add_paragraph(line)
    document.save(str(path))
    return path


def _copy(place: Path, of: Path) -> Path:
    folder = place / f"chep-{of.stem}-{len(list(place.iterdir()))}"  # same name: the first met gives its name
    folder.mkdir()
    return Path(shutil.copyfile(of, folder / of.name))


def _cut(path: Path, of: Path) -> Path:
    content = of.read_bytes()
    path.write_bytes(content[: len(content) // 3])
    return path
