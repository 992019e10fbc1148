from assistant.answering import Assistant
from assistant.langchain import PassageRetriever, as_message


def test_a_retriever_finds_passages_with_their_offsets(shipped: Assistant) -> None:
    documents = PassageRetriever(search=shipped.search, limit=1).invoke("Donetsk obstacle")
    assert len(documents) == 1
    place = documents[0].metadata
    text = shipped.library.catalogue.text(place["source"]).content
    assert documents[0].page_content == text[place["start"] : place["end"]]
    assert "Donetsk" in documents[0].page_content


def test_an_answer_is_a_message_whose_blocks_carry_their_citations(shipped: Assistant) -> None:
    answer = shipped.ask("What is the main obstacle in the negotiations?")
    message = as_message(answer)
    block = message.content_blocks[0]
    assert block["type"] == "text"
    (citation,) = block["annotations"]
    assert citation["type"] == "citation"
    assert citation["cited_text"] == answer.citations[0].quote.words
    assert message.response_metadata == {"verdict": "answered"}


def test_silence_is_a_message_with_the_reason_and_no_citation(shipped: Assistant) -> None:
    message = as_message(shipped.ask("What did Putin say?"))
    assert [block.get("annotations", []) for block in message.content_blocks] == [[]]
    assert "Putin" in message.text
