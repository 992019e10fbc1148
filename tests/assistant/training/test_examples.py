"""Questions become groups: what answers beside what does not."""

import json
import random
from pathlib import Path

from assistant.evaluation.annotated import StatementOn
from assistant.training.examples import (
    AskedQuestion,
    Document,
    documents,
    group,
    held_against,
    paragraphs,
)

LINES = """# news | en | Talks end | Harbour Ledger | unknown
1\tThey met on Monday.
2\tNobody signed.
? who signed => 2
?? when did they meet || and where? => -
= C 1,2 | They met on Tuesday.
"""


def test_a_question_is_read_after_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "wire.txt").write_text(LINES, "utf-8")
    (found,) = documents(tmp_path)
    assert found == Document(
        "en",
        "Talks end",
        ("They met on Monday.", "Nobody signed."),
        (
            AskedQuestion("who signed", frozenset({1})),
            AskedQuestion("when did they meet and where?", frozenset()),
        ),
        found.is_held_out,
        (StatementOn("They met on Tuesday.", "contradicted", (0, 1)),),
        found.copies,
    )
    assert {(copy.words, copy.relation, copy.places) for copy in found.copies} == {
        ("They met on Monday.", "supported", (0,)),
        ("Nobody signed.", "supported", (1,)),
    }


def test_a_fifth_of_the_texts_is_held_out_and_stays_so_when_others_come(tmp_path: Path) -> None:
    written = [LINES.replace("Talks end", f"Talks {number}") for number in range(200)]
    (tmp_path / "b.txt").write_text("".join(written), "utf-8")
    before = {one.title: one.is_held_out for one in documents(tmp_path)}
    assert 25 < sum(before.values()) < 55
    (tmp_path / "a.txt").write_text(LINES, "utf-8")
    after = {one.title: one.is_held_out for one in documents(tmp_path)}
    assert before == {title: after[title] for title in before}


def test_paragraphs_with_offsets_become_sentences_that_answer(tmp_path: Path) -> None:
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tp\t1\nq2\tp\t1\n")
    text = "They met on Monday. Norlund pays."
    (tmp_path / "corpus.jsonl").write_text(json.dumps({"_id": "p", "title": "T", "text": text}))
    asked = [
        {"_id": "q1", "text": "who pays", "answerable": True, "answers": [{"start": 20}]},
        {"_id": "q2", "text": "who left", "answerable": False, "answers": []},
    ]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)))
    (one,) = paragraphs(tmp_path)
    assert one.sentences == ("They met on Monday.", "Norlund pays.")
    assert one.questions == (
        AskedQuestion("who pays", frozenset({1})),
        AskedQuestion("who left", frozenset()),
    )
    assert not one.is_held_out


def test_a_group_holds_every_answer_and_marks_nothing_else_as_one() -> None:
    sentences = tuple(f"Sentence {place}." for place in range(20))
    trained = [
        Document("en", "T", sentences, (AskedQuestion("q", frozenset({3, 7})),), False),
        Document("en", "U", sentences, (AskedQuestion("r", frozenset()),), False),
    ]
    for seed in range(200):
        made = group(trained, 0, 0, nearest=range(20), chosen=random.Random(seed))
        right = {
            pair for pair, is_right in zip(made.sentences, made.answers, strict=True) if is_right
        }
        is_stranger = not right
        assert right == (set() if is_stranger else {(0, 3), (0, 7)})
        assert is_stranger or {(0, 0), (0, 1), (0, 2)} <= set(made.sentences)
        assert not is_stranger or {place for place, _ in made.sentences} == {1}
        assert len(made.sentences) <= 11


def test_strangers_are_few() -> None:
    trained = [
        Document("en", "T", ("a", "b"), (AskedQuestion("q", frozenset({0})),), False),
        Document("en", "U", ("c", "d"), (), False),
    ]
    made = [group(trained, 0, 0, nearest=(0, 1), chosen=random.Random(seed)) for seed in range(500)]
    strangers = sum(not any(one.answers) for one in made)
    assert 5 < strangers < 60


def test_a_statement_is_held_against_sentences_that_are_not_its_own() -> None:
    made = [
        held_against((2,), nearest=(2, 4, 1, 0, 3, 9, 7, 8), chosen=random.Random(seed))
        for seed in range(300)
    ]
    assert {place for one in made for place in one} == {0, 1, 3, 4, 7, 8, 9}
    assert 240 < sum(map(len, made)) < 450
    assert held_against((0,), nearest=(0,), chosen=random.Random(1)) == ()
