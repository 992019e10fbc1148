"""A heading states nothing; the sentences below it are about what it says."""

from assistant.asking.questions import Question
from assistant.judging.evidence import Evidence, weigh
from assistant.judging.headings import Layout, Standing, standings
from index.passages import Passage
from index.retrieval import Match
from sources.readers.content import Builder
from sources.sentences import find_sentences
from sources.source import Locator

TEXT = "# Minutes\n\nAll came.\n\n## 2. Air defence\n\nThe chair reported that 16 had arrived."
HEADINGS = {
    "minutes": Layout((Locator(0, "heading", "Minutes"), Locator(22, "heading", "2. Air defence"))),
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
    headings = {"minutes": Layout((Locator(0, "heading", "Minutes of Tavel"),))}
    passage = _passage(text="# Minutes of Tavel\n\nAll came.")
    match = Match(passage, 1.0, (0.5,) * len(passage.sentences))
    (one,) = weigh(Question("Did all come to Tavel?"), [match], headings=headings)
    assert one.covered[-1] == 0.0


def test_a_text_of_nothing_but_headings_is_still_found() -> None:
    (only,) = _weigh("Minutes", _passage(text="# Minutes"))
    assert only.words == "# Minutes"


def _of_blocks(builder: Builder) -> tuple[Passage, dict[str, Layout]]:
    content = builder.content()
    sentences = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    body = content.body[sentences[0].start : sentences[-1].end]
    passage = Passage("minutes", 0, sentences, body)
    return passage, {"minutes": Layout(content.locators, content.blocks)}


def test_a_heading_with_several_sentences_is_none_of_the_evidence() -> None:
    builder = Builder()
    builder.heading("Article 5. Guards. Where they stand")
    builder.paragraph("Guards stand at the gate.")
    passage, headings = _of_blocks(builder)
    assert [one.is_heading for one in standings(passage, headings)] == [True, False]


def test_no_row_note_or_field_points_back_to_the_sentence_before_it() -> None:
    builder = Builder()
    builder.paragraph("Is the depot at Zenda ready?")
    builder.note("It is not for the press.", "text box")
    builder.field("State", "It is closed.")
    builder.table([["It is open.", "No."]], header=["Depot", "Boats"])
    builder.paragraph("Is the road open?")
    builder.paragraph("It is.")
    passage, headings = _of_blocks(builder)
    match = Match(passage, 1.0, (0.5,) * len(passage.sentences))
    found = weigh(Question("What is the depot?"), [match], headings=headings)
    led = {one.words: passage.words_of(one.lead) for one in found if one.lead}
    assert led == {"It is.": "Is the road open?"}


def test_what_another_wrote_is_not_pointed_back_to() -> None:
    builder = Builder()
    builder.quoted("Count Hentzau has the key.", whose="The depot")
    builder.quoted("He keeps it.", whose="The depot")
    builder.quoted("He lost it.", whose="The chancery")
    passage, headings = _of_blocks(builder)
    match = Match(passage, 1.0, (0.5,) * len(passage.sentences))
    found = weigh(Question("Who has the key?"), [match], headings=headings)
    assert {one.words: one.lead is not None for one in found} == {
        "Count Hentzau has the key.": False,
        "He keeps it.": True,
        "He lost it.": False,
    }


def test_a_note_is_quoted_without_its_sign() -> None:
    builder = Builder()
    builder.note("Boats are counted apart. So are ferries.", "8")
    passage, _ = _of_blocks(builder)
    assert [passage.words_of(one) for one in passage.sentences] == [
        "Boats are counted apart.",
        "So are ferries.",
    ]
