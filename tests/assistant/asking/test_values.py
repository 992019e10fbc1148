import pytest

from assistant.asking.questions import Question
from assistant.asking.values import find_values


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        ("How many troops stay?", "It keeps 800,000 troops.", ["800,000"]),
        ("How many states?", "Around thirty states in 2025.", ["thirty"]),
        ("How many states?", "It met in 2025.", []),
        ("How many troops stay?", "It gets 8 billion euros under Article 5.", []),
        ("How many troops stay?", "It pays for 40 percent of them.", []),
        ("How many billion euros are given?", "It gets 8 billion euros.", ["8 billion"]),
        ("What share does it pay?", "It pays for 40 percent of them.", ["40 percent"]),
        ("How much does it cost?", "It costs $90 billion a year.", ["$90 billion"]),
        ("How much does it cost?", "It equips 800,000 troops.", []),
        ("When do they meet?", "They meet on 15 December 2025.", ["15 December 2025"]),
        ("When do they meet?", "They may meet.", []),
        ("How long will it last?", "It lasts ten years for 800,000 troops.", ["ten"]),
        ("How long will it last?", "It is for 800,000 troops.", []),
        ("When will they leave?", "They vote before it ends.", []),
        ("Who signed it?", "It was signed in September.", []),
        ("When did they vote?", "They waited until it was read.", []),
        ("Where did they meet?", "Zelensky met them in Miami.", ["Miami"]),
        ("Where did they meet?", "Envoys from Poland met on Monday in Miami.", ["Miami"]),
        ("Where did they come from?", "They came from Poland.", ["Poland"]),
        ("Where is Oslund?", "Oslund lies in Norlund.", ["Norlund"]),
        ("Where does the Oslund Group meet?", "The Oslund Group meets in Tavel.", ["Tavel"]),
        ("Where are the troops?", "The troops are in western Ukraine.", ["western Ukraine"]),
        ("Where would it help?", "It helps in the air and on land.", ["in the air", "on land"]),
        ("How large is the loan?", "It took 90 billion on 18 December 2025.", ["90 billion"]),
        ("Who spoke?", "Talks went on, Rubio said.", ["Rubio"]),
        ("Who spoke?", "It is open, Ursula von der Leyen said.", ["Ursula von der Leyen"]),
        ("Who met Vance?", "Rubio met Vance.", ["Rubio"]),
        ("Who keeps it?", "Another pillar stays.", []),
        ("When do ships sail?", "It ends on the date of the last note.", []),
        ("When do units come?", "Units come within sight of it.", []),
        (
            "Where do they work?",
            "They work in the west of the country.",
            ["in the west of the country"],
        ),
        ("Where do they work?", "They work in the end.", []),
        ("Why?", "It costs $90 billion.", []),
    ],
)
def test_the_value_asked_for_is_found(question: str, sentence: str, values: list[str]) -> None:
    found = find_values(Question(question), sentence)
    assert [sentence[start:end] for start, end in found] == values


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        ("How large is the loan?", "It is of EUR 90 billion.", ["EUR 90 billion"]),
        ("How much does it cost?", "It costs 90bn euros.", ["90bn euros"]),
        ("How much does it cost?", "It costs 90 billion US dollars.", ["90 billion US dollars"]),
        ("How much does it cost?", "It costs ninety billion euros.", ["ninety billion euros"]),
        ("How much does it cost?", "It costs $15bn.", ["$15bn"]),
        ("How much does it cost?", "It costs 8.5bn kroner.", ["8.5bn kroner"]),
        ("How much does it cost?", "It costs €90\u00a0billion.", ["€90\u00a0billion"]),
        ("How much does it cost?", "It costs 10 to 15 billion euros.", ["10 to 15 billion euros"]),
        ("When do they meet?", "They meet on Dec. 23 in Kyiv.", ["Dec. 23"]),
        ("When do they meet?", "They meet on 23.12.2025.", ["23.12.2025"]),
        ("When do they meet?", "They meet in November 2028.", ["November 2028"]),
        ("When do they meet?", "They meet on Monday.", ["Monday"]),
        ("When do they meet?", "They meet in Q3 2027.", ["Q3 2027"]),
        ("When do they meet?", "They may march.", []),
        ("How many troops stay?", "It keeps 15 000 troops.", ["15 000"]),
        ("How many troops stay?", "It keeps 5k troops.", ["5k"]),
        ("How many troops stay?", "A quarter of the troops stay.", ["A quarter"]),
        ("How many troops stay?", "One third of the troops stay.", ["One third"]),
        ("How many troops stay?", "Its F-16 squadron and the 5th corps stay.", []),
        ("How many troops stay?", "Between 10 and 15 troops stay.", ["10 and 15"]),
    ],
)
def test_a_value_is_marked_whole_or_not_at_all(
    question: str, sentence: str, values: list[str]
) -> None:
    found = find_values(Question(question), sentence)
    assert [sentence[start:end] for start, end in found] == values
