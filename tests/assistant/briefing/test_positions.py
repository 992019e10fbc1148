"""Positions: the newest verbatim words of each party on each issue."""

from datetime import date

from assistant.briefing.issues import shipped_issues
from assistant.briefing.positions import find_positions, over_time
from assistant.speakers.utterances import listen
from tests.assistant.speakers.texts import made_up, shipped_article


def issue(name: str):  # type: ignore[no-untyped-def]  # a test's shorthand
    return next(one for one in shipped_issues() if one.name == name)


def test_the_shipped_article_fills_its_table() -> None:
    table = find_positions(shipped_article().said, shipped_issues())
    filled = {(cell.issue, cell.party) for cell in table.cells}
    assert set(table.parties) == {"Zelensky", "Vance", "NBC News", "negotiators", "Kyiv"}
    assert filled >= {
        ("funding", "Zelensky"),
        ("EU membership", "Kyiv"),
        ("Congress", "Kyiv"),
        ("duration", "negotiators"),
        ("territory", "Vance"),
        ("nuclear plant", "Vance"),
        ("course of the talks", "NBC News"),
    }


def test_words_in_a_cell_are_a_slice_of_the_text() -> None:
    everything = made_up()
    for cell in find_positions(everything.said, shipped_issues()).cells:
        _, text = everything.texts[cell.newest.source.slug]
        assert cell.newest.sentence == cell.newest.utterance.sentence.of(text.content)


def test_a_cell_shows_the_newest_words_and_keeps_the_earlier() -> None:
    cell = find_positions(made_up().said, [issue("coalition")]).cell("coalition", "Macron")
    assert cell is not None
    assert cell.newest.published == date(2025, 12, 1)
    assert [one.published for one in cell.earlier] == [date(2025, 11, 17)]


def test_a_pair_that_nobody_fills_is_empty() -> None:
    table = find_positions(made_up().said, shipped_issues())
    assert table.cell("nuclear plant", "Macron") is None


def test_a_party_is_followed_over_time_oldest_first() -> None:
    days = [one.published for one in over_time(made_up().said, issue("coalition"), "Macron")]
    assert days == [date(2025, 11, 17), date(2025, 12, 1)]


def test_reprints_of_one_report_count_once() -> None:
    said = [one for one in made_up().said if one.speaker == "Sybiha"]
    assert {one.source.slug for one in said} == {"01-first-round-geneva"}
    assert {len(one.also_in) for one in said} == {2}


def test_an_empty_library_has_issues_and_no_parties() -> None:
    table = find_positions(listen({}).said, shipped_issues())
    assert (len(table.issues), table.parties, table.cells) == (13, (), ())


def test_the_first_parties_keep_their_cells_and_no_others() -> None:
    table = find_positions(made_up().said, shipped_issues())
    first = table.first(2)
    assert first.parties == table.parties[:2]
    assert {cell.party for cell in first.cells} == set(first.parties)
    assert first.issues == table.issues
