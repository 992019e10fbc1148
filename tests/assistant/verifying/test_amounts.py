"""Numbers and dates that are the same however they are written."""

import pytest

from assistant.verifying.amounts import missing_amounts


@pytest.mark.parametrize(
    ("statement", "cited"),
    [
        ("800 000 troops", "800,000 troops"),
        ("800 thousand troops", "800,000 troops"),
        ("0.8 million troops", "an 800,000-strong army"),
        ("twenty-six countries", "26 countries"),
        ("two hundred and fifty thousand troops", "250,000 troops"),
        ("ten thousand two hundred troops", "10,200 troops"),
        ("between one hundred and two hundred men", "100 to 200 men"),
        ("$5bn", "5 billion dollars"),
        ("5 per cent", "5%"),
        ("a quarter", "25 percent"),
        ("EUR 90 billion", "90 Mrd. Euro"),
        ("two years", "24 months"),
        ("800,000 troops", "800 тис. військових"),
        ("22 December 2025", "22 grudnia 2025"),
        ("22 December 2025", "22.12.2025"),
        ("10 to 15 percent", "10–15 %"),
        ("€90\u00a0billion", "90 billion euros"),
        ("800,100 troops", "800, 100 troops"),
        ("One country", "A country"),
        ("thousands of troops", "many troops"),
        ("2022-02-24", "on 24 February 2022"),
        ("February 24, 2022", "24 February 2022"),
        ("in February", "on 24 February"),
        ("in 2022", "on 24 February 2022"),
    ],
)
def test_the_same_amount_in_another_spelling_is_there(statement: str, cited: str) -> None:
    assert missing_amounts(statement, cited) == ()


@pytest.mark.parametrize(
    ("statement", "cited", "missing"),
    [
        ("900,000 troops", "800,000 troops", ("900,000",)),
        ("5 percent", "5 countries", ("5 percent",)),
        ("24 March 2022", "24 February 2022", ("24 March 2022",)),
        ("24 February 2022", "24 February", ("24 February 2022",)),
        ("8 million", "800,000", ("8 million",)),
        ("$5bn", "€5bn", ("$5bn",)),
        ("ten years", "ten months", ("ten years",)),
        ("at least 500 men", "up to 500 men", ("500",)),
        ("10 to 20 percent", "10–15 %", ("20 percent",)),
        ("20 to 30 percent", "10–15 %", ("20 to 30 percent",)),
        ("one third", "one quarter", ("one third",)),
    ],
)
def test_another_amount_is_missing(statement: str, cited: str, missing: tuple[str, ...]) -> None:
    assert missing_amounts(statement, cited) == missing
