"""Picture files: one page a frame, upright, in points; bad ones with a reason."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from PIL import Image

from pipeline.errors import Reason, Unreadable
from pipeline.limits import Limits
from pipeline.read import images
from pipeline.read.images import read_image
from pipeline.read.render import render_page
from pipeline.read.sheaf import Key, Sheaf, Unfinished, laid


def saved(image, form: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_one_page_in_points(document, played_back, form: str) -> None:
    content = saved(Image.new("RGB", (1654, 2339), "white"), form, dpi=(200, 200))
    (page,) = read_image(document(content), Limits(), played_back("Giao Sở Y tế")).pages
    assert (round(page.width), round(page.height)) == (595, 842)
    assert page.items[0].text == "Giao Sở Y tế"


def test_without_stated_resolution_a_picture_shows_a4(document, played_back) -> None:
    content = saved(Image.new("L", (827, 1169), 255), "PNG")
    (page,) = read_image(document(content), Limits(), played_back("Giao")).pages
    assert round(page.width) == 595


def test_a_tiff_has_a_page_a_frame(document, played_back) -> None:
    frames = [Image.new("1", (827, 1169), 1) for _ in range(3)]
    content = saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
    reading = read_image(document(content), Limits(), played_back("Giao"))
    assert [page.number for page in reading.pages] == [1, 2, 3]


def test_of_a_slice_only_its_frames_are_decoded(document, played_back, monkeypatch) -> None:
    frames = [Image.new("L", (827, 1169), 255 - shade) for shade in range(6)]
    source = document(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100)))
    decoded, upright = [], images._upright
    monkeypatch.setattr(images, "_upright", lambda image: decoded.append(image.tell()) or upright(image))
    with laid(Sheaf(only={Key(source.sha256, 3, 100.0), Key(source.sha256, 4, 100.0)})), suppress(Unfinished):
        read_image(source, Limits(), played_back("Giao"))
    assert decoded == [2, 3]


def test_a_photo_is_turned_as_the_camera_says(document, played_back) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved(Image.new("RGB", (1169, 827), "white"), "JPEG", exif=exif)
    (page,) = read_image(document(content), Limits(), played_back("Giao")).pages
    assert page.height > page.width


@pytest.mark.parametrize(
    ("content", "limits", "reason"),
    [
        (b"", Limits(), Reason.EMPTY),
        (b"no picture at all", Limits(), Reason.DAMAGED),
        (saved(Image.effect_noise((300, 300), 50), "JPEG")[:4000], Limits(), Reason.TRUNCATED),
        (saved(Image.new("1", (4000, 4000)), "PNG"), Limits(max_pixels=1_000_000), Reason.TOO_MANY_PIXELS),
        (saved(Image.new("L", (9, 9)), "PNG"), Limits(max_bytes=10), Reason.TOO_LARGE),
    ],
)
def test_bad_pictures(document, played_back, content: bytes, limits: Limits, reason: Reason) -> None:
    with pytest.raises(Unreadable) as caught:
        read_image(document(content), limits, played_back("Giao"))
    assert caught.value.reason is reason


def test_pages_are_shown_as_png(document, plain_pdf) -> None:
    shown = Image.open(io.BytesIO(render_page(document(plain_pdf), 2, 72, Limits())))
    assert (shown.format, shown.size) == ("PNG", (595, 842))
    picture = document(saved(Image.new("RGB", (1654, 2339), "white"), "PNG", dpi=(200, 200)))
    assert Image.open(io.BytesIO(render_page(picture, 1, 100, Limits()))).size == (827, 1170)


def test_a_page_that_is_not_there_cannot_be_shown(document, plain_pdf) -> None:
    with pytest.raises(Unreadable):
        render_page(document(plain_pdf), 3, 72, Limits())


def test_a_page_is_shown_within_the_limits_that_it_was_read_with(document, plain_pdf) -> None:
    with pytest.raises(Unreadable) as caught:
        render_page(document(plain_pdf), 1, 72, Limits(max_bytes=10))
    assert caught.value.reason is Reason.TOO_LARGE
    picture = document(saved(Image.new("L", (300, 300)), "PNG"))
    with pytest.raises(Unreadable) as caught:
        render_page(picture, 1, 72, Limits(max_pixels=1000))
    assert caught.value.reason is Reason.TOO_MANY_PIXELS


@pytest.mark.parametrize("size", [(1, 1), (20_000, 1), (1, 20_000), (5, 5)])
def test_a_picture_of_a_few_pixels_is_an_empty_page(document, played_back, size: tuple[int, int]) -> None:
    picture = document(saved(Image.new("L", size, 255), "PNG"))
    assert len(read_image(picture, Limits(), played_back("")).pages) == 1
