"""What numbers count, however they are written."""

import pytest

from assistant.verifying.counting import numbers_in


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("It keeps 15\u202f000 troops.", [(15000, "troop", "15\u202f000 troops")]),
        ("It costs $15bn.", [(15 * 10**9, "USD", "$15bn")]),
        ("It costs 15 billion dollars.", [(15 * 10**9, "USD", "15 billion dollars")]),
        ("A quarter of it left.", [(25, "%", "A quarter")]),
        ("It is 25 percent.", [(25, "%", "25 percent")]),
        ("It lasts ten years.", [(10, "year", "ten years")]),
        ("It wounded 37.", [(37, "wounded", "37")]),
        (
            "It costs 10–15 billion euros.",
            [
                (10 * 10**9, "EUR", "10–15 billion euros"),
                (15 * 10**9, "EUR", "10–15 billion euros"),
            ],
        ),
        (
            "It sends 10 to 15 ships.",
            [(10, "ship", "10 to 15 ships"), (15, "ship", "10 to 15 ships")],
        ),
        ("It met on 23.12.2025 under Article 5, with thousands of men.", []),
    ],
)
def test_a_number_is_told_with_what_it_counts(
    words: str, counted: list[tuple[int, str, str]]
) -> None:
    found = [(one.value, one.unit, one.span.of(words)) for one in numbers_in(words)]
    assert found == counted
