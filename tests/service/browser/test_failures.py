"""What fails in a browser is told beside it: uploads that cannot be read, pages without a picture."""

from __future__ import annotations

import shutil

import pytest

from .conftest import SAMPLES, Enter, Site


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little may be sent in at once."""
    monkeypatch.setenv("DONDOC_MAX_UPLOAD_BYTES", "300000")


@pytest.mark.usefixtures("small")
def test_each_upload_that_fails_says_why(request: pytest.FixtureRequest):
    enter: Enter = request.getfixturevalue("enter")  # after the bound is set
    lan = enter("lan")
    large = {"name": "lon.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + b" " * 400_000}
    odd = {"name": "la.exe", "mimeType": "application/octet-stream", "buffer": bytes(range(256)) * 20}
    for file, said in (
        (large, "Quá lớn"),
        (odd, "không đọc được"),
        (str(SAMPLES / "s19-mat.pdf"), "từ chối: văn bản mật"),
    ):
        lan.open("/")
        lan.page.set_input_files("#files", file)
        line = lan.page.wait_for_selector("#uploads .wrong", timeout=60_000).inner_text()
        assert said in line
        assert "(" not in line  # one language
        assert not line.endswith("mat")  # no key


def test_a_server_that_is_gone_is_told(enter: Enter):
    lan = enter("lan")
    lan.page.route("**/api/v1/uploads", lambda route: route.abort())
    lan.page.set_input_files("#files", SAMPLES / "s11-bao-cao-ket-qua.txt")
    line = lan.page.wait_for_selector("#uploads .wrong").inner_text()
    assert "Máy chủ không trả lời" in line


def test_a_page_without_its_picture_says_so(enter: Enter, site: Site):
    shutil.rmtree(site.settings.data_dir / "files")
    lan = enter("lan")
    lan.review("s03")
    lan.page.wait_for_selector(".sheet .unloaded:not([hidden])")
    assert lan.states  # its tasks can still be read
