"""What is the same by exact reading is written alike before it is compared."""

import pytest

from assistant.verifying.wording import begins, worded_as


@pytest.mark.parametrize(
    ("statement", "cited", "worded"),
    [
        ("Volodymyr Zelenskyy agreed.", "Zelensky agreed.", "Zelensky agreed."),
        ("They keep 800 thousand men.", "It keeps 800,000 men.", "They keep 800,000 men."),
        ("It began on February 24, 2022.", "It began on 24 February 2022.",
         "It began on 24 February 2022."),
        ("They keep 900,000 men.", "It keeps 800,000 men.", "They keep 900,000 men."),
        ("Olena Marlow agreed.", "Vexley agreed.", "Olena Marlow agreed."),
    ],
)  # fmt: skip
def test_names_and_numbers_are_written_as_the_source_does(
    statement: str, cited: str, worded: str
) -> None:
    assert worded_as(statement, cited) == worded


@pytest.mark.parametrize(
    ("statement", "cited", "does"),
    [
        ("Norlund pays for the radar.", "Norlund pays for the radar.", True),
        ("Norlund pays for it.", "Norlund pays for it but wants more ships.", True),
        ("Norlund pays for it.", "Norlund pays for it only if Zembla does.", False),
        ("We are ready.", "“We are ready, but only once the guns fall silent.”", False),
        ("The plan is perfect.", "Nobody says the plan is perfect.", False),
        ("", "Norlund pays.", False),
    ],
)
def test_a_sentence_supports_its_beginning_unless_a_condition_follows(
    statement: str, cited: str, does: bool
) -> None:
    assert begins(statement, cited) is does
