"""What is asked again of the same words is not worked out again; of a long text nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.read import doc
from pipeline.remembered import forget, remembered


def counted(size: int) -> tuple[Callable[..., int], list[str]]:
    """A remembered length of a text, once or twice, and the texts for which it was worked out."""
    asked: list[str] = []

    @remembered(size)
    def length(text: str, *, twice: bool = False) -> int:
        asked.append(text)
        return len(text) * (2 if twice else 1)

    return length, asked


def test_the_same_question_is_worked_out_once_and_another_anew():
    length, asked = counted(8)
    assert [length("ab"), length("ab"), length("ab", twice=True), length("abc")] == [2, 2, 4, 3]
    assert asked == ["ab", "ab", "abc"]  # "ab" for each of its two questions


def test_the_oldest_answers_make_room():
    length, asked = counted(1)
    for text in ("a", "a", "b", "a"):
        length(text)
    assert asked == ["a", "b", "a"]


def test_of_a_text_as_long_as_a_document_nothing_is_kept():
    length, asked = counted(8)
    assert length("a" * 100_000) == length("a" * 100_000) == 100_000
    assert len(asked) == 2


def test_all_is_forgotten_at_a_word():
    length, asked = counted(8)
    length("a")
    forget()
    length("a")
    assert asked == ["a", "a"]


def test_a_converted_file_is_forgotten_with_the_rest():
    doc.remember("a" * 64, b"PK")
    forget()
    assert not doc._remembered
