"""The border for people who come from LangChain: a retriever, and an answer as a message.

Nothing else in the house imports this file, and it decides nothing.
"""

from collections.abc import Callable, Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import AIMessage
from langchain_core.messages.content import Citation as MessageCitation
from langchain_core.messages.content import ContentBlock, create_citation, create_text_block
from langchain_core.retrievers import BaseRetriever

from assistant.answers import Answer, Citation
from index.retrieval import Match


class PassageRetriever(BaseRetriever):
    """The passages that match a question, best first, as LangChain documents."""

    search: Callable[..., Sequence[Match]]
    """`Assistant.search` of the assistant whose library is searched."""
    limit: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        return [
            Document(
                id=match.passage.id,
                page_content=match.passage.content,
                metadata={
                    "source": match.passage.source,
                    "start": match.passage.start,
                    "end": match.passage.end,
                    "relevance": match.relevance,
                },
            )
            for match in self.search(query, limit=self.limit)
        ]


def as_message(answer: Answer) -> AIMessage:
    """The answer as an `AIMessage`: a text block for each statement, with its citations.

    An abstention is one block with the reason and no citation. The reason of an answer that is
    no more than likely comes first.
    """
    cited = {citation.number: citation for citation in answer.citations}
    blocks: list[ContentBlock] = [
        create_text_block(
            statement.text,
            annotations=[_as_annotation(cited[number]) for number in statement.citations],
        )
        for statement in answer.statements
    ]
    if answer.reason:
        at = 0 if answer.verdict == "likely" else len(blocks)
        blocks.insert(at, create_text_block(answer.reason))
    return AIMessage(content_blocks=blocks, response_metadata={"verdict": answer.verdict})


def _as_annotation(citation: Citation) -> MessageCitation:
    return create_citation(
        title=citation.title,
        cited_text=citation.quote.words,
        source=citation.quote.source,
        source_start=citation.quote.span.start,
        source_end=citation.quote.span.end,
        number=citation.number,
    )
