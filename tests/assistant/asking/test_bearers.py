import pytest

from assistant.asking.bearers import bearers_in, is_of_role, role_in


@pytest.mark.parametrize(
    ("question", "words", "owner"),
    [
        ("Who is the president of Ukraine?", ("president",), ("Ukraine",)),
        ("Who is the U.S. vice president?", ("vice", "president"), ("U.S.",)),
        ("Who is the U.S. Secretary of State?", ("secretary", "of", "state"), ("U.S.",)),
        ("Who is the president of the United States?", ("president",), ("US",)),
        ("Who was Norlund's prime minister?", ("prime", "minister"), ("Norlund",)),
        ("What is Zelensky's wife's name?", ("wife",), ("Zelensky",)),
        ("What is the name of the mayor of Odesa?", ("mayor",), ("Odesa",)),
        ("Who is the chair?", ("chair",), ()),
    ],
)
def test_role_and_owner_are_read_off_the_question(
    question: str, words: tuple[str, ...], owner: tuple[str, ...]
) -> None:
    role = role_in(question)
    assert role is not None
    assert (role.words, role.owner) == (words, owner)


@pytest.mark.parametrize(
    "question", ["Who is Peskov?", "Who was killed?", "Who is the plant owned by?", "Who spoke?"]
)
def test_other_questions_ask_for_no_role(question: str) -> None:
    assert role_in(question) is None


@pytest.mark.parametrize(
    ("question", "sentence", "names"),
    [
        ("Who is the president of Russia?", "Russian President Vladimir Putin spoke.", True),
        ("Who is the president of Russia?", "The president of Russia, Vladimir Putin, came.", True),
        ("Who is the president of Russia?", "Vladimir Putin, the Russian president, came.", True),
        ("Who is the president of Russia?", "Vladimir Putin is the president of Russia.", True),
        ("Who was Russia's president?", "Vladimir Putin became president of Russia.", True),
        ("Who is Russia's president?", "Vladimir Putin was president of Russia.", False),
        ("Who is the chair?", "Present: Vladimir Putin (Russia, chair).", True),
        ("Who is the president of Russia?", "U.S. Vice President J.D. Vance saw Russia.", False),
        ("Who is the president of Russia?", "Russian Vice President Igor Petrov spoke.", False),
        ("Who is the president of Ukraine?", "Russian President Vladimir Putin spoke.", False),
        ("Who is the president of Ukraine?", "Putin, president of Russia, saw Ukraine.", False),
    ],
)
def test_only_the_bearer_of_that_role_is_named(question: str, sentence: str, names: bool) -> None:
    role = role_in(question)
    assert role is not None
    found = [sentence[start:end] for start, end in bearers_in(role, sentence)]
    assert found == (["Vladimir Putin"] if names else [])
    assert is_of_role(role, sentence) == names
