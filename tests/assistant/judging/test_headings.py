"""A heading states nothing; the sentences below it are about what it says."""

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, weigh
from assistant.judging.headings import Standing, standings
from index.passages import Passage
from index.retrieval import Match
from sources.sentences import find_sentences
from sources.source import Locator

TEXT = "# Minutes\n\nAll came.\n\n## 2. Air defence\n\nThe chair reported that 16 had arrived."
HEADINGS = {
    "minutes": (Locator(0, "heading", "Minutes"), Locator(22, "heading", "2. Air defence")),
}


def _passage(start: int = 0, text: str = TEXT) -> Passage:
    inside = [one for one in find_sentences(text) if one.start >= start]
    return Passage("minutes", 0, tuple(inside), text[inside[0].start : inside[-1].end])


def _weigh(question: str, passage: Passage) -> tuple[Evidence, ...]:
    match = Match(passage, 1.0, (0.5,) * len(passage.sentences))
    return weigh(Question(question), [match], headings=HEADINGS)


def test_each_sentence_knows_whether_it_is_a_heading_and_what_it_stands_under() -> None:
    passage = _passage()
    told = {
        passage.words_of(sentence): one
        for sentence, one in zip(passage.sentences, standings(passage, HEADINGS), strict=True)
    }
    assert told == {
        "# Minutes": Standing(is_heading=True, under="Minutes"),
        "All came.": Standing(is_heading=False, under="Minutes"),
        "## 2.": Standing(is_heading=True, under="2. Air defence"),
        "Air defence": Standing(is_heading=True, under="2. Air defence"),
        "The chair reported that 16 had arrived.": Standing(
            is_heading=False, under="2. Air defence"
        ),
    }


def test_a_passage_that_begins_below_its_heading_stands_under_it() -> None:
    (rest,) = standings(_passage(start=TEXT.index("The chair")), HEADINGS)
    assert rest == Standing(is_heading=False, under="2. Air defence")
    half, _ = standings(_passage(start=TEXT.index("Air defence")), HEADINGS)
    assert half.is_heading


def test_no_heading_is_evidence_or_leads_a_sentence() -> None:
    found = _weigh("What was said about air defence?", _passage())
    assert {one.words for one in found} == {"All came.", "The chair reported that 16 had arrived."}
    assert [one.lead for one in found] == [None, None]


def test_what_stands_below_a_heading_is_about_it() -> None:
    reported, came = _weigh("What was said about air defence?", _passage())
    assert reported.words.startswith("The chair")
    assert reported.coverage > 2 * came.coverage


def test_a_heading_names_nobody_in_the_sentences_below_it() -> None:
    headings = {"minutes": (Locator(0, "heading", "Minutes of Tavel"),)}
    passage = _passage(text="# Minutes of Tavel\n\nAll came.")
    match = Match(passage, 1.0, (0.5,) * len(passage.sentences))
    (one,) = weigh(Question("Did all come to Tavel?"), [match], headings=headings)
    assert one.covered[-1] == 0.0


def test_a_text_of_nothing_but_headings_is_still_found() -> None:
    (only,) = _weigh("Minutes", _passage(text="# Minutes"))
    assert only.words == "# Minutes"
