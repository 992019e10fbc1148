"""LangChain with Chroma, LlamaIndex's fusion and txtai's hybrid search, as they come.

Each is given the same pieces (LangChain's recursive splitter, 1,000 characters with 200 of
overlap) and the same embedding model, so that only the searching differs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedder import Vectors
from index.encoder.minilm import MiniLMEmbedder

PIECE_CHARACTERS, OVERLAP_CHARACTERS = 1_000, 200


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``start:start + len(words)`` of a text."""

    text: int
    """The place of the text among those that were split."""
    start: int
    words: str


class Peer(Protocol):
    """A search over pieces."""

    def search(self, words: str, limit: int) -> Sequence[int]:
        """The places of at most `limit` pieces, best first."""


class Embedding:
    """Our all-MiniLM-L6-v2 for everybody; what was embedded once is remembered."""

    def __init__(self) -> None:
        self._model = MiniLMEmbedder()
        self._known: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), 384)`` float32, each row of unit length."""
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if new:
            self._known.update(zip(new, self._model.embed(new, role="passage"), strict=True))
        return np.stack([self._known[text] for text in texts])


def split(texts: Sequence[str]) -> list[Piece]:
    """The pieces of all texts, in order."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=PIECE_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS, add_start_index=True
    )
    documents = splitter.create_documents(list(texts), [{"text": at} for at in range(len(texts))])
    return [
        Piece(found.metadata["text"], found.metadata["start_index"], found.page_content)
        for found in documents
    ]


class LangChainChroma:
    """Chroma's nearest vectors through LangChain's vector store."""

    def __init__(self, pieces: Sequence[str], embed: Embedding) -> None:
        import chromadb
        from langchain_chroma import Chroma
        from langchain_core.embeddings import Embeddings

        class Model(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return embed(texts).tolist()

            def embed_query(self, text: str) -> list[float]:
                return embed([text])[0].tolist()

        client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
        for collection in client.list_collections():
            client.delete_collection(collection.name)
        self._store = Chroma.from_texts(
            list(pieces), Model(), [{"at": at} for at in range(len(pieces))], client=client
        )
        self._size = len(pieces)

    def search(self, words: str, limit: int) -> Sequence[int]:
        found = self._store.similarity_search(words, k=min(limit, self._size))
        return [document.metadata["at"] for document in found]


class LlamaIndexFusion:
    """LlamaIndex's vectors and its BM25, fused by relative score; no model rewrites.

    Of its ways to fuse the best on these sets: reciprocal rank is worse at this depth.
    """

    def __init__(self, pieces: Sequence[str], embed: Embedding) -> None:
        from llama_index.core import VectorStoreIndex
        from llama_index.core.base.embeddings.base import BaseEmbedding
        from llama_index.core.llms.mock import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        class Model(BaseEmbedding):
            def _get_text_embedding(self, text: str) -> list[float]:
                return embed([text])[0].tolist()

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                return embed(texts).tolist()

            def _get_query_embedding(self, query: str) -> list[float]:
                return embed([query])[0].tolist()

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        nodes = [TextNode(id_=str(at), text=words) for at, words in enumerate(pieces)]
        index = VectorStoreIndex(nodes, embed_model=Model())
        self._make = lambda limit: QueryFusionRetriever(
            [
                index.as_retriever(similarity_top_k=limit),
                BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=min(limit, len(nodes))),
            ],
            llm=MockLLM(),
            mode="relative_score",
            num_queries=1,
            similarity_top_k=limit,
            use_async=False,
        )
        self._retrievers: dict[int, QueryFusionRetriever] = {}

    def search(self, words: str, limit: int) -> Sequence[int]:
        if limit not in self._retrievers:
            self._retrievers[limit] = self._make(limit)
        return [int(found.node.node_id) for found in self._retrievers[limit].retrieve(words)]


class TxtaiHybrid:
    """txtai's hybrid index: its vectors and its BM25 in equal parts."""

    def __init__(self, pieces: Sequence[str], embed: Embedding) -> None:
        from txtai import Embeddings

        # A callable that is no plain function is taken for one that makes the function.
        self._index = Embeddings(
            {"method": "external", "transform": lambda texts: embed(texts), "hybrid": True}
        )
        self._index.index(list(enumerate(pieces)))

    def search(self, words: str, limit: int) -> Sequence[int]:
        return [int(at) for at, _ in self._index.search(words, limit)]


PEERS: dict[str, Callable[[Sequence[str], Embedding], Peer]] = {
    "LangChain, Chroma": LangChainChroma,
    "LlamaIndex, fusion": LlamaIndexFusion,
    "txtai, hybrid": TxtaiHybrid,
}
