"""Texts with questions and answers, read from the lines that people write."""

from pathlib import Path

import pytest

from assistant.evaluation.annotated import AnnotatedText, AskedText, read_annotated
from sources.errors import UseError

LINES = """# news | en | Talks end | Harbour Ledger | unknown
1\tThey met on Monday.
2\tNobody signed.

3\tThey meet again.
? who signed => 2
?? when did they meet || and again? => 3, 1
? who paid => -
= S 2 | There was no signature.

# minutes | pl | Obrady
1\tPosiedzenie otwarto.
"""


def test_texts_are_read_with_their_paragraphs_and_questions(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(LINES, "utf-8")
    first, second = read_annotated(file)
    assert first.content == "They met on Monday. Nobody signed.\n\nThey meet again."
    assert first.sentences == ("They met on Monday.", "Nobody signed.", "They meet again.")
    assert first.questions == (
        AskedText("who signed", None, frozenset({"Nobody signed."})),
        AskedText(
            "and again?",
            "when did they meet",
            frozenset({"They meet again.", "They met on Monday."}),
        ),
        AskedText("who paid", None, frozenset()),
    )
    assert second == AnnotatedText(
        "minutes", "pl", "Obrady", "Posiedzenie otwarto.", ("Posiedzenie otwarto.",), ()
    )


@pytest.mark.parametrize(
    "lines",
    [
        "1\tA sentence before any text.",
        "# news | en | Title\n1\tOne.\n? who => 2",
        "# news | en | Title\n1\tOne.\nwho is it",
        "# news | en\n1\tOne.",
        "# news | en | Title",
    ],
)
def test_a_line_that_cannot_be_read_is_named(lines: str, tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_text(lines, "utf-8")
    with pytest.raises(UseError, match=r"texts\.txt"):
        read_annotated(file)
