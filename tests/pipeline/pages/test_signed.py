"""Digital signatures: the signer's name out of the signature's bytes, the time as written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.der import signer_of
from pipeline.read.signed import signing_time


def der(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    if len(body) < 128:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes(2, "big")
    return bytes([tag, 0x82]) + size + body


def name(common: str) -> bytes:
    pair = der(0x30, der(0x06, bytes.fromhex("550403")), der(0x0C, common.encode()))
    return der(0x30, der(0x31, pair))


def certificate(serial: int, issuer: str, subject: str) -> bytes:
    version = der(0xA0, der(0x02, b"\x02"))
    number = der(0x02, bytes([serial]))
    return der(0x30, der(0x30, version, number, der(0x30), name(issuer), der(0x30), name(subject)))


def signature(serial: int, *certificates: bytes) -> bytes:
    info = der(0x30, der(0x02, b"\x01"), der(0x30, name("Cơ quan cấp"), der(0x02, bytes([serial]))))
    signed = der(0x30, der(0x02, b"\x01"), der(0x31), der(0x30), der(0xA0, *certificates), der(0x31, info))
    return der(0x30, der(0x06, b"\x2a\x86\x48"), der(0xA0, signed))


def test_the_signer_is_the_one_whose_number_the_signature_names() -> None:
    chain = (
        certificate(9, "Gốc", "Cơ quan cấp"),
        certificate(7, "Cơ quan cấp", "Ủy ban nhân dân tỉnh Sông Lam"),
    )
    assert signer_of(signature(7, *chain) + b"\0" * 400) == "Ủy ban nhân dân tỉnh Sông Lam"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_name_or_none(content: bytes) -> None:
    assert isinstance(signer_of(content), str)


@pytest.mark.parametrize(
    ("written", "time"),
    [
        (
            "D:20240318084142+07'00'",
            dt.datetime(2024, 3, 18, 8, 41, 42, tzinfo=dt.timezone(dt.timedelta(hours=7))),
        ),
        ("D:20240318014142Z", dt.datetime(2024, 3, 18, 1, 41, 42, tzinfo=dt.UTC)),
        ("D:20241332000000", None),
        ("yesterday", None),
    ],
)
def test_times_as_signing_programs_write_them(written: str, time: dt.datetime | None) -> None:
    assert signing_time(written) == time
