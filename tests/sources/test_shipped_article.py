"""The shipped article stands word for word, with a card that guesses nothing."""

import hashlib

from sources.originals import SHIPPED_FOLDER
from sources.reading import read_source
from sources.source import Card

ARTICLE = SHIPPED_FOLDER / "polskie-radio-security-guarantees.md"
VERBATIM_SHA256 = "371a069b92b1700770a83895521e3d38ce988ad6ccbdfe1e399418ab7ff78433"


def test_the_text_is_the_article_verbatim() -> None:
    source, text = read_source(ARTICLE)
    assert hashlib.sha256(text.content.encode()).hexdigest() == VERBATIM_SHA256
    assert source.sha256 == VERBATIM_SHA256


def test_the_card_leaves_unknown_what_is_unknown() -> None:
    source, _ = read_source(ARTICLE)
    assert source.card == Card(
        title="Security guarantees for Ukraine, as Zelensky describes them after the Miami talks",
        publisher="Polskie Radio",
        author="jh",
        published=None,
        url=None,
        language="en",
    )


def test_the_credit_lines_are_in_no_sentence() -> None:
    _, text = read_source(ARTICLE)
    assert len(text.sentences) == 14
    assert text.content[text.sentences[-1].end :] == "\n(jh)\nSource: Polskie Radio"
