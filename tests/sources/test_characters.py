"""Characters that cannot be seen, or stand for others, hide no word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.characters import normalise

_ODD = st.text(
    "a \n\u200c\u200d\u200b\u0301\ufb01\uff01\u0628\U0001f4aa\u2000\x00\r\u2029\uff76\uff9e"
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Lux\u00adem\u00adbourg", "Luxembourg"),
        ("Dnipro\u200bpetrovsk\ufeff", "Dnipropetrovsk"),
        ("cease\ufb01re o\ufb03ce \ufb06", "ceasefire office st"),
        ("Full\uff0dwidth \uff11\uff12", "Full-width 12"),
        ("Franco\u2011German check\u2010point", "Franco-German check-point"),
        ("cafe\u0301", "caf\u00e9"),
        ("\U0001d5e1\U0001d5d4\U0001d5e7\U0001d5e2 \u2163", "NATO IV"),
        ("\u202eabc\u202c\u2066x\u2069", "abcx"),
        ("a\u200db", "ab"),
        ("\U0001f469\u200d\U0001f692", "\U0001f469\u200d\U0001f692"),
        ("\u00bd m\u00b2 \u2116 5 \u221215", "\u00bd m\u00b2 \u2116 5 \u221215"),
        ("one\x0b\x85two\u2029three", "one\ntwo\n\nthree"),
    ],
)
def test_a_word_is_what_it_looks_like(written: str, read: str) -> None:
    assert normalise(written) == read


@given(st.lists(st.one_of(_ODD, st.text(max_size=12)), max_size=3))
def test_what_is_put_together_of_normalised_pieces_is_normalised(pieces: list[str]) -> None:
    normal = [words for words in map(normalise, pieces) if words]
    assert [normalise(words) for words in normal] == normal
    assert normalise("\n\n".join(normal)) == "\n\n".join(normal)
