import json
from datetime import date
from pathlib import Path

import pytest

from assistant.answering import Assistant
from assistant.answers import Answer, Citation, Quote, Statement
from assistant.conversing.conversation import Conversation
from assistant.export.conversations import (
    answer_as_html,
    answer_as_markdown,
    answer_as_text,
    conversation_as_json,
    conversation_as_markdown,
)
from assistant.export.footnotes import read_footnote
from assistant.export.pandoc import read_tree
from assistant.export.verifying import verify_document
from index.indexing import sync_folder
from sources.source import Span

WORDS = "Up to *800,000* troops."


def _citation(start: int, number: int = 1, words: str = WORDS) -> Citation:
    quote = Quote("article", Span(start, start + len(words)), words)
    sha256 = "0123456789abcdef" * 4
    return Citation(number, quote, "Title", "P", date(2025, 12, 22), (), "p. 3", sha256)


def _talk() -> Conversation:
    first = Answer(
        "a", "quotes", "answered", (Statement(WORDS, (1,), "supported", "Vance"),), (_citation(5),)
    )
    second = Answer(
        "b",
        "quotes",
        "partly",
        (Statement(WORDS, (2, 1), "partly"),),
        (_citation(90), _citation(5, 2)),
        reason="No date is given.",
    )
    silent = Answer("c", "quotes", "not_in_sources", reason="No source mentions Poland.")
    talk = Conversation().asking("a").answering(first).asking("b_1").answering(second)
    return talk.asking("c").answering(silent).asking("d").failing("It broke.", "Ask again.")


def test_an_answer_is_copied_with_the_numbers_of_the_conversation() -> None:
    assert answer_as_text(_talk(), 1).splitlines() == [
        "Up to *800,000* troops. [1] [2] (only partly supported)",
        "",
        "Answered in part. No date is given.",
        "",
        "[1] “Up to *800,000* troops.” — Vance. P, Title, 22 December 2025. Source: article,"
        " characters 5–28 (p. 3), text sha256 0123456789abcdef.",
        "[2] “Up to *800,000* troops.” — P, Title, 22 December 2025. Source: article,"
        " characters 90–113 (p. 3), text sha256 0123456789abcdef.",
    ]


def test_what_is_no_more_than_likely_is_said_before_its_words() -> None:
    answer = Answer(
        "a",
        "quotes",
        "likely",
        (Statement(WORDS, (1,), "supported"),),
        (_citation(5),),
        reason="Read them.",
    )
    lines = answer_as_text(Conversation().asking("a").answering(answer), 0).splitlines()
    assert lines[:3] == [
        "These sentences may answer. Read them.",
        "",
        "Up to *800,000* troops. [1]",
    ]


@pytest.mark.parametrize(
    "begins",
    "1. 12) (3) a. (b) iv. (xii) (@) - + * = : # > | % 2026 3.5 A.B. I. e.g. (a --- ===".split(),
)
def test_no_words_begin_a_list_or_anything_else_in_markdown(tmp_path: Path, begins: str) -> None:
    words = f"{begins} The parties agree."
    said = Answer(
        "q", "quotes", "answered", (Statement(words, (1,), "supported"),), (_citation(5),)
    )
    path = tmp_path / "answer.md"
    path.write_text(
        answer_as_markdown(Conversation().asking("q").answering(said), 0), encoding="utf-8"
    )
    blocks, _ = read_tree(path)
    assert [block["t"] for block in blocks] == ["Para"]
    inlines = blocks[0]["c"]
    assert "".join(one.get("c", " ") for one in inlines if one["t"] != "Note") == words


def test_what_means_something_in_markdown_stays_words() -> None:
    said, _, note = answer_as_markdown(_talk(), 0).splitlines()
    assert said == r"Up to \*800,000\* troops.[^1]"
    assert note.startswith(r"[^1]: “Up to \*800,000\* troops.” — Vance.")
    hostile = (
        Conversation()
        .asking("x")
        .answering(Answer("x", "quotes", "not_in_sources", reason="- <b>[a](javascript:b)"))
    )
    assert answer_as_markdown(hostile, 0) == (
        "Not in the sources. - \\<b\\>\\[a\\](javascript:b)\n"
    )


def test_silence_is_copied_as_silence() -> None:
    assert answer_as_text(_talk(), 2) == "Not in the sources. No source mentions Poland.\n"


def test_a_whole_conversation_has_each_note_once_and_it_can_be_read_back() -> None:
    markdown = conversation_as_markdown("Army", _talk())
    assert markdown.startswith("# Army\n\n## a\n\nUp to")
    assert r"## b\_1" in markdown
    assert "No answer: It broke." in markdown
    notes = [line for line in markdown.splitlines() if line.startswith("[^")]
    assert [note[:4] for note in notes] == ["[^1]", "[^2]"]
    read = read_footnote(notes[0])
    assert read is not None
    assert (read.slug, read.start, read.end, read.locator) == ("article", 5, 28, "p. 3")


def test_a_conversation_is_verified_with_its_headings(assistant: Assistant, tmp_path: Path) -> None:
    text = "# Terms\n\n## Article 5 (Duration)\n\nZembla keeps its envoys for 77 years.\n"
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / "terms.md").write_text(text, encoding="utf-8")
    sync_folder(assistant.library, tmp_path / "terms", origin="terms")
    answer = assistant.ask("How long does Zembla keep its envoys?")
    talk = Conversation().asking(answer.question).answering(answer)
    path = tmp_path / "talk.md"
    path.write_text(conversation_as_markdown("Talk", talk), encoding="utf-8")
    said = path.read_text("utf-8")
    assert "(under “Article 5 (Duration)”)" in said
    (check,) = verify_document(path, assistant.library.catalogue).footnotes
    assert check.standing == "holds"
    path.write_text(said.replace("(Duration)", "(Funding)"), encoding="utf-8")
    (check,) = verify_document(path, assistant.library.catalogue).footnotes
    assert check.standing == "page differs"
    assert check.detail == "Its words stand at: under “Article 5 (Duration)”."


def test_the_json_gives_each_answer_and_the_numbers_of_the_conversation() -> None:
    whole = json.loads(conversation_as_json("Army", _talk()))
    assert whole["title"] == "Army"
    assert [turn["numbers"] for turn in whole["turns"]] == [[1], [2, 1], [], []]
    assert whole["turns"][1]["answer"]["verdict"] == "partly"
    assert whole["turns"][3] == {
        "question": "d",
        "answer": None,
        "numbers": [],
        "problem": "It broke.",
    }


def test_an_answer_is_html_whose_words_stay_words() -> None:
    words = "Up to <b>800,000</b> & more."
    answer = Answer(
        "a", "quotes", "answered", (Statement(words, (1,), "supported"),), (_citation(5, 1, words),)
    )
    written = answer_as_html(Conversation().asking("a").answering(answer), 0).splitlines()
    assert written[0] == "<p>Up to &lt;b&gt;800,000&lt;/b&gt; &amp; more.<sup>[1]</sup></p>"
    assert written[1].startswith("<p>[1] “Up to &lt;b&gt;800,000&lt;/b&gt; &amp; more.”")
    assert len(written) == 2
