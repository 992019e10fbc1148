"""Which requests want a translation, and into which language."""

import pytest

from assistant.asking.translating import language_wanted


@pytest.mark.parametrize(
    ("request_", "wanted"),
    [
        ("Translate this into German", "de"),
        ("Give me the Polish version of that, please", "pl"),
        ("Translate the Russian statement into English", "en"),
        ("Übersetze das ins Deutsche", "de"),
        ("Переклади це українською", "uk"),
        ("Переведи это на немецкий", "de"),
        ("Przetłumacz to na ukraiński", "uk"),
        ("Traduis cela en français", "fr"),
        ("Translate that for me", ""),
        ("Rewrite that in plain words", None),
        ("Write an email in German", None),
        ("How many troops would Ukraine keep?", None),
    ],
)
def test_the_language_is_read_in_any_of_the_languages(request_: str, wanted: str | None) -> None:
    assert language_wanted(request_) == wanted
