from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.filters import Filters
from index.library import Library
from index.retrieval import Retriever, Search, Turn, fuse, make_searches
from index.sentence_vectors import NewSentences

SCORES = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 9), max_size=6)


def _found(library: Library, question: str, *history: Turn) -> list[str]:
    return [match.passage.id for match in Retriever(library).find(question, history=history)]


def test_an_empty_library_matches_nothing(library: Library) -> None:
    assert _found(library, "Who pays?") == []


def test_a_first_question_is_searched_alone() -> None:
    assert make_searches("Who pays?", ()) == (Search("Who pays?", 1.0, True),)


def test_a_follow_up_is_searched_with_what_came_before() -> None:
    history = (Turn("Who met?", "Two envoys."), Turn("Where?", "In Paris."))
    assert make_searches("When?", history) == (
        Search("When?", 2.0, True),
        Search("Who met? Where? When?", 1.0, True),
        Search("Where? When?", 1.0, True),
        Search("Where? In Paris. When?", 1.0, False),
    )


def test_a_turn_without_an_answer_adds_no_search_for_one() -> None:
    words = [one.words for one in make_searches("When?", (Turn("Where?"),))]
    assert words == ["When?", "Where? When?", "Where? When?"]


def test_a_follow_up_finds_what_the_question_before_was_about(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        paris="The Paris summit began on Monday.", oslo="The Oslo summit began on Friday."
    )
    assert _found(library, "When did it begin?", Turn("What happened at the Oslo summit?"))[0] == (
        "oslo#0"
    )


def test_the_best_sentence_leads_to_a_passage_that_the_question_does_not_name(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        envoy="The chief envoy is Iryna Kovalenko.",
        born="Iryna Kovalenko comes from Lutsk.",
        other="Odesa rebuilt its harbour.",
    )
    assert _found(library, "Where was the chief envoy born?")[:2] == ["envoy#0", "born#0"]


def test_filters_narrow_every_search(library_of: Callable[..., Library]) -> None:
    library = library_of(a="Envoys met in Paris.", b="Envoys met in Oslo.")
    found = Retriever(library).find("Where did envoys meet?", filters=Filters(sources=("b",)))
    assert [match.passage.source for match in found] == ["b"]


@given(near=SCORES, sentences=SCORES, shared=SCORES, covered=SCORES)
def test_a_fused_score_lies_between_0_and_1_and_none_is_lost(
    near: dict[str, float],
    sentences: dict[str, float],
    shared: dict[str, float],
    covered: dict[str, float],
) -> None:
    fused = fuse(near, sentences, shared, covered)
    assert fused.keys() == near.keys() | sentences.keys() | shared.keys() | covered.keys()
    assert all(0 <= value <= 1 + 1e-9 for value in fused.values())


def test_the_best_of_every_side_gets_the_whole_score() -> None:
    side = {"best": 3.0, "worst": 1.0}
    assert fuse(side, side, side, side) == pytest.approx({"best": 1.0, "worst": 0.0})


def test_a_match_holds_the_words_of_its_slice_of_the_text(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="Čísla: 3 €. 🌍 One stays here.", b="Two go there.")
    (match,) = Retriever(library).find("Who stays?", limit=1)
    passage, text = match.passage, library.catalogue.text("a")
    assert passage.content == text.content[passage.start : passage.end]
    assert passage.sentences == text.sentences
    assert len(match.sentence_similarities) == len(text.sentences)


def test_a_passage_of_another_text_than_the_source_has_now_is_not_found(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="One stays here.")
    source = library.catalogue.source("a")
    other = replace(source, sha256="f" * 64)
    (passage,) = library.vectors.passages_of("a")
    vectors = library.embedder.embed([passage.content], role="passage")
    library.vectors.add(other, [passage], vectors)
    library.sentences.put((), [NewSentences(other, [passage], [vectors])])
    assert _found(library, "Who stays?") == []


def test_with_the_collection_emptied_nothing_is_found_by_meaning(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(a="One stays here.", b="Grain ships sail.")
    vector = library.embedder.embed(["One stays"], role="question")[0]
    assert library.vectors.nearest(vector, limit=1)[0][0] == "a#0"
    library.vectors.remove_all(["a", "b"])
    assert library.vectors.nearest(vector, limit=1) == ()


def test_tags_narrow_the_search_to_the_sources_that_have_one(
    library_of: Callable[..., Library],
) -> None:
    library = library_of(
        minutes="---\ntags: [miami, talks]\n---\nEnvoys met here.",
        other="---\ntags: [paris]\n---\nEnvoys met there.",
        untagged="Envoys met too.",
    )

    def found(filters: Filters) -> set[str]:
        matches = Retriever(library).find("Who met?", filters=filters)
        return {match.passage.source for match in matches}

    assert found(Filters(tags=("miami", "paris"))) == {"minutes", "other"}
    assert found(Filters(tags=("paris",), sources=("other", "untagged"))) == {"other"}
    assert found(Filters(tags=("talks",), sources=("other",))) == set()
    assert found(Filters(tags=("unknown",))) == set()
