"""What is asked again of the same words is not worked out again; of a long text nothing is kept."""

from pipeline.remembered import forget, remembered


def test_the_same_question_is_worked_out_once_and_another_anew():
    asked = []

    @remembered(8)
    def length(text: str, *, twice: bool = False) -> int:
        asked.append(text)
        return len(text) * (2 if twice else 1)

    assert [length("ab"), length("ab"), length("ab", twice=True), length("abc")] == [2, 2, 4, 3]
    assert asked == ["ab", "ab", "abc"]  # "ab" for each of its two questions


def test_the_oldest_answers_make_room():
    asked = []

    @remembered(1)
    def same(text: str) -> str:
        asked.append(text)
        return text

    for text in ("a", "a", "b", "a"):
        same(text)
    assert asked == ["a", "b", "a"]


def test_of_a_text_as_long_as_a_document_nothing_is_kept():
    asked = []

    @remembered(8)
    def length(text: str) -> int:
        asked.append(len(text))
        return len(text)

    length("a" * 100_000)
    length("a" * 100_000)
    assert asked == [100_000, 100_000]


def test_all_is_forgotten_at_a_word():
    asked = []

    @remembered(8)
    def same(text: str) -> str:
        asked.append(text)
        return text

    same("a")
    forget()
    same("a")
    assert asked == ["a", "a"]
