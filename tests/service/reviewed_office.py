"""An office whose directives were read by the real path and decided on at the desk; and such directives as a
labelled folder."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from people import user

from service.access.roles import Role
from service.bootstrap import reader
from service.child import Cleared
from service.files import Files
from service.intake import Intake
from service.reader import Part, identity
from service.review.changes import Change, Kind
from service.settings import Settings
from service.store import Store

UNITS = ("Sở Nội vụ", "Sở Y tế", "Sở Tài chính", "Sở Công Thương", "Sở Xây dựng", "Sở Tư pháp")
INSPECTORATE = {"text": "Thanh tra tỉnh", "name": "Thanh tra tỉnh", "unit_id": None}
VERBS = ("rà soát", "kiểm tra", "tổng hợp", "xây dựng", "triển khai", "đôn đốc", "hướng dẫn", "thẩm định")
WHAT = (
    "hồ sơ biên chế", "quy trình khám bệnh", "dự toán chi thường xuyên", "danh mục chợ hạng ba",
    "thiết kế cầu dân sinh", "văn bản hết hiệu lực", "kế hoạch trồng rừng", "bản đồ ngập lụt",
    "sổ theo dõi tài sản công", "phương án thoát nước", "đề án vị trí việc làm", "phần mềm một cửa",
    "lịch tiếp công dân", "quỹ phòng chống thiên tai", "bảng giá dịch vụ bến xe", "giấy phép khai thác cát",
)  # fmt: skip
WHERE = (
    "trên địa bàn các huyện miền núi", "tại khu vực ven sông", "ở các xã biên giới", "trong năm học mới",
    "của các đơn vị sự nghiệp", "tại ba cụm công nghiệp", "ở những thôn đặc biệt khó khăn", "trong mùa mưa",
    "của các hợp tác xã", "tại bệnh viện tuyến cơ sở", "dọc quốc lộ và tỉnh lộ", "trong lĩnh vực đất đai",
)  # fmt: skip
WHY = (
    "bảo đảm tiến độ và chất lượng theo yêu cầu", "khắc phục những tồn tại đã được thanh tra chỉ ra",
    "không để phát sinh khiếu nại kéo dài", "giảm thời gian đi lại của người dân",
    "phù hợp với khả năng cân đối ngân sách", "gắn với trách nhiệm của từng cá nhân",
)  # fmt: skip


@dataclass(frozen=True)
class Letter:
    """A directive and what it assigns."""

    name: str
    text: str
    tasks: list[dict[str, Any]]

    @property
    def parts(self) -> list[Part]:
        return [Part(f"{self.name}.txt", self.text.encode())]


def letters(number: int, seed: int = 1) -> Iterator[Letter]:
    """Directives of three tasks each that have few words in a row in common."""
    chance = random.Random(seed)
    for at in range(number):
        units = chance.sample(UNITS, 3)
        said, tasks = [], []
        for place, unit in enumerate(units, 1):
            verb, what, where, why = (chance.choice(them) for them in (VERBS, WHAT, WHERE, WHY))
            body = f"Giao {unit} {verb} {what} {where}, {why}"
            day = chance.randrange(10, 28) if place < 3 else 0
            due = f"trước ngày {day}/4/2024" if day else ""
            said.append(f"{place}. {body}{', ' + due if due else ''}.")
            tasks.append(labelled(f"{body}{', ' + due if due else ''}.", unit, due, day))
        head = f"ỦY BAN NHÂN DÂN TỈNH MẪU\nSố: {seed}{at:03}/UBND-NC\nTỉnh Mẫu, ngày 4 tháng 3 năm 2024\n\n"
        head += f"V/v {chance.choice(WHAT)}\n\nKính gửi: {', '.join(units)}\n\n"
        yield Letter(f"{seed}{at:03}", head + "\n".join(said) + "\n", tasks)


def labelled(text: str, lead: str, due: str, day: int) -> dict[str, Any]:
    deadline = {"text": due, "kind": "date", "date": f"2024-04-{day:02}", "rrule": None} if day else None
    return {
        "text": text,
        "leads": [lead],
        "cooperators": [],
        "deadline": deadline or {"text": "", "kind": "none", "date": None, "rrule": None},
        "nature": "carry_out",
        "field": "health",
    }


def folder(root: Path, them: Sequence[Letter]) -> Path:
    """A folder with labels/ and sources/."""
    for name in ("labels", "sources"):
        (root / name).mkdir(parents=True)
    for one in them:
        (root / "sources" / f"{one.name}.txt").write_text(one.text, encoding="utf-8")
        label = {"id": one.name, "document": {"number": f"{one.name}/UBND-NC"}, "tasks": one.tasks}
        (root / "labels" / f"{one.name}.json").write_text(json.dumps(label), encoding="utf-8")
    return root


def arrive(store: Store, settings: Settings, letter: Letter) -> str:
    """Takes a directive in as any that comes; its key."""
    read = reader(settings)
    intake = Intake(store, Files(settings.data_dir / "files"), settings, "one")
    assert intake.take(letter.parts, lambda parts: Cleared(read(parts))) is not None
    return identity(letter.parts)


def review(store: Store, settings: Settings, them: Sequence[Letter]) -> None:
    """All come in, and all their tasks are decided on: of every twelfth directive the last lead was wrong."""
    lan = user(store, "lan", Role.REVIEWER)
    for at, letter in enumerate(them):
        key = arrive(store, settings, letter)
        with store.reading() as work:
            number = work.shelf.id_of(key)
            assert number is not None
            tasks = work.shelf.tasks(lan, number)
        right = tasks if at % 12 else tasks[:-1]
        with store.begin() as work:
            accepted = [Change(number, one["id"], 1, {"status": "approved"}) for one in right]
            work.desk.apply(lan, Kind.ACCEPT, accepted)
            for one in tasks[len(right) :]:
                leads = [one["leads"][0] | INSPECTORATE]
                change = Change(number, one["id"], 1, {"leads": leads, "status": "approved"})
                work.desk.apply(lan, Kind.EDIT, [change])
