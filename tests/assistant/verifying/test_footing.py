"""What a statement rests on: one sentence where it can, two where each holds a part, else none."""

from collections.abc import Mapping, Sequence

from assistant.verifying.check import Cited
from assistant.verifying.footing import NEAREST, find_footing
from assistant.verifying.model import Shares
from assistant.verifying.overlap import word_overlap

MEETING = "Marlow met the envoys in Zenda on Monday."
OBSTACLE = "Vexley named the canal as the main obstacle."
RADAR = "Norlund will pay for the radar."
BOTH = "Marlow met the envoys in Zenda and Norlund will pay for the radar."
RAIN = "It rained."
SURE, IN_PART, DENIED, STRANGE = (
    Shares(0.9, 0.05, 0.05),
    Shares(0.4, 0.1, 0.5),
    Shares(0.1, 0.8, 0.1),
    Shares(0.05, 0.05, 0.9),
)


class TableModel:
    """Tells of each group of sentences what a table has of their words, else that it is strange."""

    support_bars = (0.6, 0.3)

    def __init__(self, table: Mapping[tuple[str, ...], Shares]) -> None:
        self.table = table
        self.asked: list[tuple[str, ...]] = []

    def support(
        self,
        statement: str,  # noqa: ARG002  # the table knows one statement
        cited: Sequence[Sequence[tuple[str, str]]],
    ) -> Sequence[Shares]:
        groups = [tuple(words for _, words in group) for group in cited]
        self.asked += groups
        return [self.table.get(group, STRANGE) for group in groups]

    def alike(self, statement: str, cited: Sequence[tuple[str, str]]) -> Sequence[float]:
        return [word_overlap(statement, [words]) for _, words in cited]


def test_the_likeliest_sentence_that_passes_the_exact_checks_is_chosen() -> None:
    other = "Norlund will pay for 12 radars."
    model = TableModel({(other,): Shares(0.95, 0.0, 0.05), (RADAR,): SURE})
    cited = [Cited(MEETING), Cited(other), Cited(RADAR)]
    found = find_footing("Norlund will pay for 14 radars.", cited, model=model)
    assert found is not None
    assert found.verification.support == "not_supported"
    found = find_footing("Norlund will pay for the radar.", cited, model=model)
    assert found is not None
    assert (found.places, found.verification.support) == ((2,), "supported")


def test_no_second_sentence_lends_the_name_that_the_first_denies() -> None:
    statement = "Marlow named the canal as the main obstacle."
    model = TableModel({(OBSTACLE,): DENIED, (MEETING, OBSTACLE): SURE})
    found = find_footing(statement, [Cited(MEETING), Cited(OBSTACLE)], model=model)
    assert found is not None
    assert found.verification.support == "not_supported"
    assert (MEETING, OBSTACLE) not in model.asked


def test_two_sentences_that_each_hold_a_part_are_cited_together() -> None:
    model = TableModel({(MEETING,): IN_PART, (RADAR,): IN_PART, (MEETING, RADAR): SURE})
    found = find_footing(BOTH, [Cited(MEETING), Cited(RAIN), Cited(RADAR)], model=model)
    assert found is not None
    assert (found.places, found.verification.support) == ((0, 2), "supported")


def test_nothing_bears_out_what_a_sentence_as_near_denies() -> None:
    again = "Norlund will not pay for the radar."
    model = TableModel({(RADAR,): Shares(0.7, 0.1, 0.2), (again,): DENIED})
    found = find_footing("Norlund will pay for it.", [Cited(RADAR), Cited(again)], model=model)
    assert found is not None
    assert (found.places, found.verification.support) == ((1,), "not_supported")
    assert found.verification.doubt is not None


def test_one_sentence_is_preferred_to_two() -> None:
    model = TableModel({(BOTH,): SURE, (MEETING, RADAR): Shares(1.0, 0.0, 0.0)})
    found = find_footing(BOTH, [Cited(MEETING), Cited(RADAR), Cited(BOTH)], model=model)
    assert found is not None
    assert found.places == (2,)


def test_a_long_text_is_read_where_it_has_the_statements_words() -> None:
    cited = [*(Cited(f"Nothing was said in room {number}.") for number in range(300)), Cited(RADAR)]
    model = TableModel({(RADAR,): SURE})
    found = find_footing(RADAR, cited, model=model)
    assert found is not None
    assert found.places == (300,)
    assert len(model.asked) <= NEAREST


def test_without_sentences_there_is_no_footing() -> None:
    assert find_footing(RADAR, [], model=TableModel({})) is None
