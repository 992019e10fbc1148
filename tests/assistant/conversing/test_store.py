from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answer, Citation, Quote, Statement
from assistant.conversing import store as conversation_store
from assistant.conversing.conversation import Conversation
from assistant.conversing.store import ConversationStore, as_json, from_json
from index.filters import Filters
from sources.errors import UseError
from sources.source import Span

QUOTE = Quote("article", Span(4, 9), "words")
ANSWER = Answer(
    "q",
    "quotes",
    "answered",
    (Statement("words", (1,), "supported", speaker="Vance"),),
    (Citation(1, QUOTE, "T", "P", date(2025, 12, 22), (Span(4, 6),), "p. 3", "abc"),),
)
SILENT = Answer("q", "quotes", "not_in_sources", related=(QUOTE,), reason="No source says so.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ConversationStore]:
    opened = ConversationStore(tmp_path / "library.sqlite3")
    yield opened
    opened.close()


def _talk(question: str = "How many troops?") -> Conversation:
    filtered = Conversation(filters=Filters(publishers=("P",), since=date(2025, 1, 1)))
    talk = filtered.asking(question).answering(ANSWER)
    return talk.asking("And Poland?").answering(SILENT).widening(1, (QUOTE,))


def test_a_conversation_comes_back_whole_with_its_numbers(store: ConversationStore) -> None:
    talk = _talk().asking("x").failing("It broke.", "Ask again.")
    store.keep("ann", talk)
    assert store.get("ann", talk.id) == talk


def test_a_question_that_was_at_work_comes_back_stopped() -> None:
    back = from_json(as_json(_talk().asking("Who?")))
    assert not back.at_work
    assert back.exchanges[-1].stopped


def test_nobody_sees_or_changes_what_belongs_to_another(store: ConversationStore) -> None:
    talk = _talk()
    store.keep("ann", talk)
    assert store.listed("ben") == ()
    for act in (
        lambda: store.get("ben", talk.id),
        lambda: store.keep("ben", talk.asking("mine now")),
        lambda: store.rename("ben", talk.id, "mine"),
        lambda: store.remove("ben", talk.id),
    ):
        with pytest.raises(UseError, match="another browser"):
            act()
    assert store.get("ann", talk.id) == talk


@pytest.mark.parametrize("search", ["київ", "КИЇВ", "überlingen", "ÜBERLINGEN", "STRASSE"])
def test_a_name_in_any_script_is_found_in_any_case(store: ConversationStore, search: str) -> None:
    talk = _talk()
    store.keep("ann", talk)
    store.rename("ann", talk.id, "Київ і Überlingen, Straße")
    assert [kept.id for kept in store.listed("ann", search=search)] == [talk.id]


def test_the_list_has_the_newest_first_and_is_searched_by_words(store: ConversationStore) -> None:
    first, second = _talk("What of Donetsk?"), _talk("How many troops?")
    store.keep("ann", first)
    store.keep("ann", second)
    assert [kept.title for kept in store.listed("ann")] == ["How many troops?", "What of Donetsk?"]
    assert [kept.id for kept in store.listed("ann", search="of DONETSK")] == [first.id]
    assert store.listed("ann", search="100%") == ()
    store.keep("ann", first.asking("more"))
    assert next((kept.id, kept.questions) for kept in store.listed("ann")) == (first.id, 3)


def test_a_new_name_outlives_further_questions(store: ConversationStore) -> None:
    talk = _talk()
    store.keep("ann", talk)
    store.rename("ann", talk.id, "  Army \n size ")
    store.keep("ann", talk.asking("more"))
    assert store.title("ann", talk.id) == "Army size"
    assert [kept.title for kept in store.listed("ann", search="army")] == ["Army size"]
    with pytest.raises(UseError, match="needs a name"):
        store.rename("ann", talk.id, "  ")


def test_a_deleted_conversation_can_be_brought_back(store: ConversationStore) -> None:
    talk = _talk()
    store.keep("ann", talk)
    store.remove("ann", talk.id)
    assert store.listed("ann") == ()
    with pytest.raises(UseError):
        store.get("ann", talk.id)
    store.restore("ann", talk.id)
    assert store.get("ann", talk.id) == talk


def test_what_was_deleted_long_ago_is_gone_for_good(
    store: ConversationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = _talk()
    store.keep("ann", talk)
    store.remove("ann", talk.id)
    monkeypatch.setattr(conversation_store, "UNDO_S", -1)
    store.forget_removed()
    with pytest.raises(UseError):
        store.restore("ann", talk.id)


def test_how_to_be_answered_is_each_visitors_own(store: ConversationStore) -> None:
    store.keep_mode("ann", "quotes")
    store.keep_mode("ann", "model")
    assert (store.mode("ann"), store.mode("ben")) == ("model", None)
