"""Nobody is taken for a speaker who only stands in a table, a form, a caption or a note's sign."""

from assistant.speakers.interviews import find_turns
from assistant.speakers.speakers import find_utterances
from sources.readers.content import Builder
from sources.sentences import find_sentences
from sources.source import Text


def text_of(builder: Builder) -> Text:
    content = builder.content()
    sentences = find_sentences(content.body, locators=content.locators, blocks=content.blocks)
    return Text(content.body, sentences, content.locators, content.blocks)


def speakers(builder: Builder) -> list[str]:
    return [one.speaker for one in find_utterances(text_of(builder))]


def test_labels_of_columns_and_fields_have_no_turn() -> None:
    builder = Builder()
    builder.field("Rudolf Rassendyll", "Is the depot open?")
    builder.field("Black Michael", "It is not.")
    builder.table(
        [["Is it open?", "No."], ["And the road?", "Closed."]],
        header=["Rudolf Rassendyll", "Black Michael"],
    )
    text = text_of(builder)
    assert find_turns(text.content, text.blocks) == ()
    assert find_utterances(text) == ()


def test_a_caption_gives_nobody_the_word() -> None:
    builder = Builder()
    builder.note("Minister Rupert Hentzau said the bridge was safe.", "caption")
    assert speakers(builder) == []


def test_a_cell_that_reports_what_somebody_said_is_read_by_itself() -> None:
    builder = Builder()
    builder.table(
        [["Ruritania", "Minister Rupert Hentzau said the bridge was safe."]],
        header=["State", "Statement"],
    )
    (said,) = find_utterances(text_of(builder))
    assert said.named_as == "Minister Rupert Hentzau"
    text = text_of(builder)
    assert said.sentence.of(text.content).startswith("State: Ruritania | Statement: Minister")
    assert said.words.of(text.content).startswith("the bridge was safe")


def test_a_note_speaks_without_its_sign_and_a_table_in_an_answer_is_not_said() -> None:
    builder = Builder()
    builder.paragraph("Rudolf Rassendyll: How many boats are there?")
    builder.paragraph("Black Michael: The table says it. We have few.")
    builder.table([["2026", "12"]], header=["Year", "Boats"])
    builder.note("Flavia Elphberg said the boats were counted twice.", "8")
    builder.paragraph("Rudolf Rassendyll: Will there be more?")
    builder.paragraph("Black Michael: There will.")
    text = text_of(builder)
    said = {one.words.of(text.content): one.named_as for one in find_utterances(text)}
    assert said["We have few."] == "Black Michael"
    assert not any("2026" in words for words in said)
    assert next(said[words] for words in said if "counted twice" in words) == "Flavia Elphberg"
