"""What a model must offer, whoever makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

TextRole = Literal["query", "passage"]
"""How an e5 model is to read a text: as a question, or as a statement that may answer one. Two
questions are compared as queries."""

Vectors: TypeAlias = NDArray[np.float32]


class Embedder(Protocol):
    """Turns texts into vectors. What is kept of it is keyed by `name` and `version`."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def embed(self, texts: Sequence[str], role: TextRole) -> Vectors:
        """One row of length 1 for each text, shape (n, dim); blocks while it computes."""
        ...


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to or from a language model."""

    role: Literal["system", "user", "assistant"]
    text: str


class Chat(Protocol):
    """A language model that continues a conversation."""

    @property
    def name(self) -> str: ...

    async def reply(
        self, messages: Sequence[ChatMessage], *, json_schema: dict[str, Any] | None = None
    ) -> str:
        """The next message: text, or JSON text that fits `json_schema` where one is given.

        Raises Unavailable when the model is missing, slow or out of quota.
        """
        ...
