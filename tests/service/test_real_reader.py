"""The real path behind the real commands: a directive as text goes in, its tasks come out of the store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from service.commands.batch import batch
from service.commands.tasks import tasks

DIRECTIVE = """\
ỦY BAN NHÂN DÂN
TỈNH MẪU SƠN
Số: 09/CT-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Mẫu Sơn, ngày 04 tháng 3 năm 2024
{mark}
CHỈ THỊ
Về việc tăng cường quản lý bến bãi ven sông

Để chấn chỉnh việc tập kết cát sỏi, Chủ tịch Ủy ban nhân dân tỉnh chỉ thị:

1. Giao Sở Xây dựng chủ trì, phối hợp với Công an tỉnh rà soát các bến bãi, báo cáo trước ngày 20/4/2024.

2. Giao Sở Tài chính bố trí kinh phí kiểm tra trong quý II năm 2024.

Yêu cầu các đơn vị nghiêm túc thực hiện Chỉ thị này./.

Nơi nhận:                                   CHỦ TỊCH
- Như trên;
- Lưu: VT.                                  Trần Văn Mẫu
"""


@pytest.fixture
def dondoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DONDOC_WORKERS", "1")
    app = typer.Typer()
    app.command()(batch)
    app.command()(tasks)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_a_directive_is_read_filed_and_listed(dondoc, tmp_path: Path):
    folder = tmp_path / "kho"
    folder.mkdir()
    (folder / "bến bãi.txt").write_text(DIRECTIVE.format(mark=""))
    (folder / "đóng dấu.txt").write_text(DIRECTIVE.format(mark="\nTỐI MẬT\n").replace("cát sỏi", "thuốc nổ"))
    shown = dondoc("batch", folder)
    assert shown.exit_code == 0, shown.output
    assert "refused_secret toi_mat" in shown.output
    found = json.loads(dondoc("tasks", "--unit", "so xay dung", "--format", "json").output)
    assert [task["deadline"]["date"] for task in found] == ["2024-04-20"]
    assert found[0]["evidence"]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert "cát sỏi".encode() in kept
    for secret in ("thuốc nổ", "đóng dấu"):
        assert secret.encode() not in kept
        assert json.dumps(secret)[1:-1].encode() not in kept
