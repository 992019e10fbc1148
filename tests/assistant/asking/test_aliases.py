from assistant.asking.aliases import abbreviated, spellings
from assistant.asking.vocabulary import stem


def test_a_number_is_the_same_with_and_without_its_comma() -> None:
    assert stem("800,000") == stem("800000")
    assert stem("1,234,567") == "1234567"
    assert "800,000" in spellings("800000")


def test_a_decimal_comma_is_no_mark_between_thousands() -> None:
    assert stem("3,14") == "3,14"


def test_a_country_may_be_written_as_its_people_or_its_capital() -> None:
    assert {"poland", "polish", "warsaw"} <= spellings("Poland")
    assert "united states" in spellings("U.S.")


def test_names_are_written_short() -> None:
    assert abbreviated("What did the United States tell the European Union?") == (
        "What did the US tell the EU?"
    )
