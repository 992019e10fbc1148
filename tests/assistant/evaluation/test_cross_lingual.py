"""The set of questions asked in one language about texts in another is whole and sound."""

import json
from collections import Counter
from pathlib import Path

from assistant.evaluation.beir import judged, read_documents, read_judgements, read_questions

CROSS_LINGUAL = Path(__file__).with_name("cross_lingual")
LANGUAGES = {"en", "uk", "ru", "pl", "de", "fr"}


def _lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CROSS_LINGUAL / name).read_text("utf-8").splitlines()]


def test_every_question_has_one_right_passage_that_the_corpus_holds() -> None:
    passages = {document.id for document in read_documents(CROSS_LINGUAL)}
    judgements = read_judgements(CROSS_LINGUAL)
    questions = read_questions(CROSS_LINGUAL)
    assert judged(questions, judgements) == questions
    assert all(len(grades) == 1 and grades.keys() <= passages for grades in judgements.values())


def test_the_right_sentence_stands_in_the_right_passage() -> None:
    passages = {line["_id"]: line["text"] for line in _lines("corpus.jsonl")}
    judgements = read_judgements(CROSS_LINGUAL)
    for line in _lines("queries.jsonl"):
        (right,) = judgements[line["_id"]]
        assert line["sentence"] in passages[right]


def test_each_language_is_asked_in_and_asked_about() -> None:
    questions = _lines("queries.jsonl")
    assert len(questions) >= 60
    assert {line["question_language"] for line in questions} == LANGUAGES
    about = Counter(
        line["passage_language"]
        for line in questions
        if line["question_language"] != line["passage_language"]
    )
    assert about.keys() == LANGUAGES
    assert min(about.values()) >= 5
