"""The shipped files hold what their labels say: every format's reader gives the labelled words back."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from annotation.samples import Sample, samples
from pipeline.errors import Reason, Unreadable
from pipeline.read import open_source, read
from pipeline.types import Line, Page

PICTURES = {"scan_pdf", "mixed_pdf", "png", "jpeg", "tiff"}
READABLE = [s for s in samples() if s.label.kind_of_source not in PICTURES and s.label.expected == "done"]


def texts(page: Page) -> Iterator[str]:
    for item in page.items:
        if isinstance(item, Line):
            yield item.text
        else:
            yield from (
                line.text for row in item.rows for cell in row for line in cell.lines if not cell.merged
            )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def case(sample: Sample):
    office = sample.file.suffix in (".doc", ".rtf")
    return pytest.param(sample, id=sample.id, marks=[pytest.mark.slow] if office else [])


@pytest.mark.parametrize("sample", [case(sample) for sample in READABLE])
def test_reading_gives_the_labelled_words(sample: Sample):
    try:
        reading = read(open_source(sample.file.name, sample.file.read_bytes()))
    except Unreadable as failure:
        if failure.reason is Reason.MISSING_PROGRAM:
            pytest.skip(failure.message)
        raise
    text = "\n".join(line for page in reading.pages for line in texts(page))
    for task in sample.label.tasks:
        assert words(task.text) <= words(text)
    # A number stamped in afterwards stands apart from its notation.
    assert sample.label.document.number in text.replace(" /", "/")
    assert sample.label.document.signer in text
