"""`dondoc units`: searched, expanded, exported; an office's own list imported, all or nothing."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from pipeline.units.register import Register, builtin
from pipeline.units.register.search import search
from pipeline.units.register.table import check, row_of
from service.bootstrap import office_register
from service.cli import app
from service.own_units import BadUnits, rows_of, stored, written
from service.settings import Settings

HY = "UBND tỉnh Hưng Yên"
OWN = """\
Tên;Viết tắt;Cấp trên;Từ ngày;Nguồn
Tổ Số hóa hồ sơ;Tổ SHHS;Văn phòng UBND tỉnh Hưng Yên;01/02/2024;Quyết định 12/QĐ-VP
Ban Điều phối đê điều;;UBND tỉnh Hưng Yên;;
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DONDOC_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def units(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["units", *arguments])


def listed(*arguments: str) -> list[dict[str, object]]:
    done = units(*arguments, "--format", "json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("text", ["Sở Kế hoạch và Đầu tư", "so ke hoach dau tu", "Sở KH&ĐT", "sở kế hoạch"])
def test_a_unit_is_found_with_and_without_accents(text: str) -> None:
    first = listed("search", text, "--issuer", HY, "--date", "2024-03-05")[0]
    assert first["id"] == "so-ke-hoach-va-dau-tu:hung-yen"
    assert first["valid"] is True
    assert first["successors"] == [{"id": "so-tai-chinh:hung-yen", "name": "Sở Tài chính tỉnh Hưng Yên"}]


def test_the_issuer_s_own_communes_come_first() -> None:
    found = listed("search", "luong bang", "--issuer", HY, "--date", "2025-09-05")
    assert found[0]["id"] == "hung-yen/xa-luong-bang"


def test_what_is_like_nothing_is_said() -> None:
    done = units("search", "qqqq wwww")
    assert done.exit_code == 1
    assert "Không có đơn vị nào" in done.output


def test_a_group_is_expanded() -> None:
    found = listed("expand", "các sở, ban, ngành", "--issuer", HY, "--date", "2024-03-05")
    assert {"so-y-te:hung-yen", "cong-an-tinh:hung-yen"} <= {one["id"] for one in found}


def test_a_group_that_only_the_matter_settles_is_not() -> None:
    done = units("expand", "các đơn vị liên quan", "--issuer", HY)
    assert done.exit_code == 1
    assert "Không xác định được" in done.output


@pytest.mark.parametrize("form", [".tsv", ".csv", ".xlsx", ".json"])
def test_what_is_exported_can_be_imported_and_changes_nothing(home: Path, form: str) -> None:
    file = home / f"all{form}"
    assert units("export", "--no-places", "-o", str(file)).exit_code == 0
    done = units("import", str(file))
    assert done.exit_code == 0, done.output
    assert "0 mới, 0 sửa" in done.output


@pytest.mark.parametrize("form", [".tsv", ".csv", ".xlsx", ".json"])
def test_an_office_without_units_of_its_own_exports_a_list_that_it_can_import(home: Path, form: str) -> None:
    file = home / f"own{form}"
    assert units("export", "--own", "-o", str(file)).exit_code == 0
    done = units("import", str(file))
    assert done.exit_code == 0, done.output
    assert "0 mới, 0 sửa, 0 như cũ" in done.output


def test_an_own_list_is_kept_found_and_used(home: Path) -> None:
    file = home / "own.csv"
    file.write_text(OWN, encoding="utf-8-sig")
    assert "2 mới" in units("import", str(file), "--preview").output
    assert stored(Settings().units_file) == ()
    assert "2 mới" in units("import", str(file)).output
    assert "0 mới, 0 sửa, 2 như cũ" in units("import", str(file)).output
    found = office_register(Settings()).resolve("Tổ SHHS", HY, dt.date(2024, 3, 5))
    assert found is not None
    assert found.unit.parent == "van-phong-uy-ban-nhan-dan-tinh:hung-yen"
    assert listed("search", "to so hoa")[0]["id"] == "to-so-hoa-ho-so"


def test_an_office_may_say_when_its_province_merged_a_department(home: Path) -> None:
    file = home / "own.tsv"
    row = "so-ke-hoach-va-dau-tu:hung-yen\tSở Kế hoạch và Đầu tư tỉnh Hưng Yên\t2025-02-28\tNghị quyết HĐND\n"
    file.write_text("id\tname\tvalid_to\tsource\n" + row, encoding="utf-8")
    assert "1 sửa" in units("import", str(file)).output
    found = office_register(Settings()).resolve("Sở KH&ĐT", HY, dt.date(2025, 3, 20))
    assert found is not None
    assert found.valid is False
    assert [unit.id for unit in found.successors] == ["so-tai-chinh:hung-yen"]


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (";;;;", ""),
        ("A B;;Cục Không Có;;", "không có trong sổ"),
        ("A B;;;31/31/2020;x", "ngày không đúng"),
        ("A B;;;2020-01-01;", "thiếu nguồn"),
        (";AB;;;", "thiếu tên"),
        ("Sở Y tế Hưng Yên;;;;", "đã là của so-y-te:hung-yen"),
        ("Tổ Số hóa hồ sơ;;;;", "id twice"),
        ("Tổ khác;Tổ SHHS;;;", "trùng với mã"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_imported(home: Path, row: str, cause: str) -> None:
    file = home / "own.csv"
    file.write_text(f"{OWN}{row}\n", encoding="utf-8")
    done = units("import", str(file))
    assert (done.exit_code == 1) == bool(cause)
    if cause:
        assert "dòng 4" in done.output
        assert cause in done.output
        assert stored(Settings().units_file) == ()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"no workbook"),
        ("a.json", b"{"),
        ("a.json", b"[1]"),
        ("a.csv", "Tên".encode("utf-16")),
        ("a.csv", b""),
        ("a.csv", "Mã,Ghi chú\n1,2\n".encode()),
        ("a.csv", "Tên,Tên đơn vị\n1,2\n".encode()),
        ("a.doc", b"x"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_one_line(home: Path, name: str, content: bytes) -> None:
    file = home / name
    file.write_bytes(content)
    done = units("import", str(file))
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert str(file) in done.output


def test_a_damaged_own_list_stops_the_command_in_one_line() -> None:
    path = Settings().units_file
    path.parent.mkdir(parents=True)
    path.write_text("name\tparent\nA B\tKhông Có\n", encoding="utf-8")
    with pytest.raises(BadUnits):
        stored(path)
    done = units("search", "so y te")
    assert done.exit_code == 1
    assert str(path) in done.output


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["id", "name", "aliases", "parent", "valid_to", "source"]), st.text()
        ),
        max_size=4,
    )
)
def test_no_row_makes_the_check_fail(rows: list[dict[str, str]]) -> None:
    found = check(rows, builtin())
    assert not (found.mistakes and (found.new or found.changed))


@given(st.text(max_size=40))
def test_no_words_make_the_search_fail(text: str) -> None:
    assert all(0 <= hit.similarity <= 1 for hit in search(text, builtin(), HY, dt.date(2024, 3, 5), 5))


def test_own_units_come_back_from_each_form_as_they_went(home: Path) -> None:
    file = home / "own.csv"
    file.write_text(OWN, encoding="utf-8")
    own = check(rows_of(file, 10_000), builtin()).new
    for form in (".tsv", ".csv", ".xlsx", ".json"):
        other = home / f"again{form}"
        other.write_bytes(written(own, form))
        assert [row_of(unit) for unit in check(rows_of(other, 100_000), builtin()).new] == [
            row_of(u) for u in own
        ]
    assert Register(own).resolve("Tổ SHHS") is not None
