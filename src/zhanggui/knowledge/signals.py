"""How like each wording is to a question, by bigrams, by characters and by meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import tantivy
from numpy.typing import NDArray

from zhanggui.ai import CharacterTfidf, bigrams

_HEAP = 15_000_000
"""The smallest writer heap tantivy takes, in bytes."""

Scores = NDArray[np.float32]


class BigramIndex:
    """BM25 over character bigrams (tantivy), in memory: it is rebuilt from the tables."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("words", tokenizer_name="whitespace", index_option="freq")
        builder.add_integer_field("row", stored=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        for row, text in enumerate(texts):
            writer.add_document(tantivy.Document(words=" ".join(bigrams(text)), row=row))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def scores(self, text: str, limit: int = 200) -> Scores:
        """BM25 of the best `limit` wordings, 0 for the others; shape (size,)."""
        found = np.zeros(self.size, np.float32)
        terms = Counter(bigrams(text))
        if not terms or not self.size:
            return found
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "words", term))
                for term in terms
            ]
        )
        searcher = self._index.searcher()
        for score, address in searcher.search(query, limit, count=False).hits:
            found[searcher.doc(address)["row"][0]] = score
        return found


@dataclass(frozen=True, slots=True)
class Signals:
    """A question against every wording; each array has shape (wordings,). `meaning` is None
    where there are no vectors."""

    bm25: Scores
    characters: Scores
    meaning: Scores | None

    def without(self, hidden: NDArray[np.bool_]) -> Signals:
        """The same with the `hidden` wordings out of the running."""

        def clear(scores: Scores, value: float) -> Scores:
            return np.where(hidden, np.float32(value), scores).astype(np.float32)

        return Signals(
            clear(self.bm25, 0),
            clear(self.characters, 0),
            None if self.meaning is None else clear(self.meaning, -1),
        )

    def best(self, other: Signals) -> Signals:
        """Of two readings of a question the better for each wording."""
        meaning = None
        if self.meaning is not None and other.meaning is not None:
            meaning = np.maximum(self.meaning, other.meaning)
        return Signals(
            np.maximum(self.bm25, other.bm25),
            np.maximum(self.characters, other.characters),
            meaning,
        )


class Wordings:
    """The wordings of a shop's entries: each is a text and the entry it leads to."""

    def __init__(
        self, texts: Sequence[str], owners: NDArray[np.int32], vectors: NDArray[np.float32] | None
    ) -> None:
        self.texts = list(texts)
        self.owners = owners
        self.vectors = vectors
        self._bigrams = BigramIndex(texts)
        self._characters = CharacterTfidf(texts)

    def signals(self, text: str, vector: NDArray[np.float32] | None) -> Signals:
        """`text`, and `vector` where it was embedded, against every wording."""
        meaning = None
        if vector is not None and self.vectors is not None:
            meaning = self.vectors @ vector
        return Signals(self._bigrams.scores(text), self._characters.similarities(text), meaning)
