import pytest

from assistant.asking.questions import Question, ask_back


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many troops would Ukraine keep?", "count"),
        ("How much will the package cost?", "money"),
        ("How large would the army be?", "quantity"),
        ("What are negotiators discussing about how long it lasts?", "several"),
        ("What is the cost of the package?", "money"),
        ("What are some ways in which one can reduce the cost?", "several"),
        ("When will Congress vote?", "date"),
        ("Who would fund the military?", "person"),
        ("Where were the meetings held?", "place"),
        ("Why would foreign support be needed?", "reason"),
        ("Would the guarantees be binding?", "yes_no"),
        ("How do they differ from the Budapest Memorandum?", "comparison"),
        ("What are the pillars of the framework?", "several"),
        ("Summarise the article.", "summary"),
        ("summary please", "summary"),
        ("Give me a short overview", "summary"),
        ("What is this about?", "summary"),
    ],
)
def test_a_question_asks_for_a_kind_of_answer(question: str, kind: str) -> None:
    assert Question(question).kind == kind


def test_names_and_numbers_are_told_from_other_words() -> None:
    names = [term.word for term in Question("Did J.D. Vance say 800,000 troops stay?").names]
    assert names == ["J.D.", "Vance", "800,000"]


def test_two_questions_in_one_are_its_parts() -> None:
    assert Question("Who pays, and when does it end?").parts == ("Who pays?", "when does it end?")


def test_a_second_question_of_one_word_is_a_whole_one() -> None:
    assert Question("What must Congress approve, and why?").parts == (
        "What must Congress approve?",
        "Why must Congress approve?",
    )
    assert Question("Who pays and why?").parts == ("Who pays and why?",)


@pytest.mark.parametrize("question", ["What about it?", "And then?", "Why is that?"])
def test_a_first_question_without_a_subject_is_asked_back(question: str) -> None:
    assert ask_back(question) is not None


def test_a_question_with_a_subject_is_not_asked_back() -> None:
    assert ask_back("What about the backstop?") is None


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Will Ukraine join NATO?", ["Ukraine", "NATO"]),
        ("Who is Steve Witkoff?", ["Steve", "Witkoff"]),
        ("How Many Troops Would Ukraine Keep Under The NATO Plan", ["Ukraine", "NATO"]),
        ("HOW MANY TROOPS WOULD UKRAINE KEEP", ["UKRAINE"]),
    ],
)
def test_capitals_say_nothing_in_a_headline_only(question: str, names: list[str]) -> None:
    assert [term.word for term in Question(question).names] == names


@pytest.mark.parametrize(
    ("question", "subjects"),
    [
        ("Where were the talks held?", ["talks"]),
        ("When did the Geneva talks take place?", ["Geneva", "talks"]),
        ("How big is the loan?", ["loan"]),
        ("Who took part in the Miami talks?", ["Miami", "talks"]),
        ("How long should the guarantees last according to Sybiha?",
         ["guarantees", "last", "Sybiha"]),
    ],
)  # fmt: skip
def test_words_that_only_ask_are_no_subjects(question: str, subjects: list[str]) -> None:
    assert [term.word for term in Question(question).subjects] == subjects


def test_a_question_without_a_subject_is_about_what_was_asked_before() -> None:
    earlier = ["How many countries are in the coalition?", "And then?"]
    asked = Question("What would they do?").after(earlier)
    assert [term.word for term in asked.subjects] == ["countries", "coalition"]
    own = Question("Who pays?").after(earlier)
    assert [term.word for term in own.subjects] == ["pays"]
