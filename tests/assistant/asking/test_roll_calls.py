import pytest

from assistant.asking.roll_calls import blocks, entries, is_line, roll_call


@pytest.mark.parametrize(
    ("question", "labels", "of"),
    [
        ("Who was present at the meeting?", ("present",), ""),
        ("Who took part?", ("present",), ""),
        ("participants", ("present",), ""),
        ("Who was absent?", ("absent",), ""),
        ("Who did not attend?", ("absent",), ""),
        ("Who sent apologies?", ("absent",), ""),
        ("Who chaired the meeting?", ("chair", "present"), ""),
        ("What are the action items?", ("action",), ""),
        ("Did the Maritime Union attend?", ("present", "absent"), "the Maritime Union"),
        ("Was Brandt there?", ("present", "absent"), "Brandt"),
        ("Who represented Ukraine at the talks?", ("present", "absent"), "Ukraine"),
    ],
)
def test_a_question_asks_for_lines_of_minutes(
    question: str, labels: tuple[str, ...], of: str
) -> None:
    asked = roll_call(question)
    assert asked is not None
    assert (asked.labels, asked.of) == (labels, of)


@pytest.mark.parametrize(
    "question",
    [
        "Who presented the plan?",
        "What is the present state?",
        "What action did Russia take?",
        "Was Vance in Miami?",
        "Who is the chairman's wife?",
        "Would Poland take part?",
    ],
)
def test_other_questions_ask_for_none(question: str) -> None:
    assert roll_call(question) is None


def test_a_line_has_its_label_at_its_beginning_and_something_behind_it() -> None:
    assert is_line("present", "**Present:** Ms A, Mr B")
    assert is_line("present", "In attendance for item 2: Mr C")
    assert is_line("absent", "Apologies for absence: Mr D")
    assert not is_line("present", "Those present agreed: there is no plan.")
    assert not is_line("present", "The present text reads: Article 1")
    assert not is_line("absent", "Apologies:")
    assert not is_line("action", "He said that action is needed: now.")


def test_the_entries_of_a_line_keep_their_brackets() -> None:
    words = "Present: Ms Ahlgren (Varland, chair), Mr Bondar (Ukraine); Ms Orsini."
    assert [words[start:end] for start, end in entries(words)] == [
        "Ms Ahlgren (Varland, chair)",
        "Mr Bondar (Ukraine)",
        "Ms Orsini",
    ]


def test_a_list_below_a_label_is_one_block() -> None:
    text = "PRESENT\n\nMs A (X)\nMr B\n\nApologies:\n- Mr C\n\n## Attendees\n\n- Ms D\n\nIt began."
    present = [text[start:end] for start, end in blocks("present", text)]
    assert present == ["PRESENT\n\nMs A (X)\nMr B", "- Ms D"]
    assert [text[start:end] for start, end in blocks("absent", text)] == ["Apologies:\n- Mr C"]
    assert [present[0][start:end] for start, end in entries(present[0])][1:] == ["Ms A (X)", "Mr B"]


def test_prose_below_a_label_is_no_list() -> None:
    text = "Attendance\n\nThe attendance of the meetings of this group has fallen since the spring."
    assert list(blocks("present", text)) == []
