"""What a model must offer, whoever makes it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
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
class ToolCall:
    """A tool the model wants called; `arguments` is JSON text, unchecked."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ToolOffer:
    """A tool that a model may ask for, its input as JSON Schema."""

    name: str
    purpose: str
    schema: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message to or from a language model. `images` are JPEG, PNG or WebP; a ``tool`` message
    `answers` the call with that id."""

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    images: tuple[bytes, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What a model is asked. With a `json_schema` the reply is JSON text that should fit it. It may
    think for `thinking_tokens` before it writes, and write `most_tokens` (None: as many as it is
    configured to). What is `private` of what no pattern can know, such as a buyer's nick, is named:
    it does not leave."""

    messages: Sequence[ChatMessage]
    json_schema: dict[str, Any] | None = None
    tools: Sequence[ToolOffer] = ()
    most_tokens: int | None = None
    thinking_tokens: int = 0
    private: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """What a call has to be paid for, as the model's server counts: tokens `read` and `written`,
    `pictures` made, `seconds` of video, `characters` spoken."""

    read: int = 0
    written: int = 0
    pictures: int = 0
    seconds: float = 0
    characters: int = 0


NOTHING = Used()


@dataclass(frozen=True, slots=True)
class ChatReply:
    """What a model wrote, whole; `by` is the model's name in the configuration, and `missed` says
    which were asked before it and why they did not answer."""

    text: str
    by: str
    used: Used
    calls: tuple[ToolCall, ...] = ()
    missed: tuple[str, ...] = ()


class Chat(Protocol):
    """A language model that continues a conversation."""

    @property
    def name(self) -> str: ...

    async def reply(self, request: ChatRequest) -> ChatReply:
        """The next message; raises :class:`~zhanggui.ai.faults.ModelFault`."""
        ...

    def stream(self, request: ChatRequest) -> AsyncIterator[str | ChatReply]:
        """The text in parts, and at last the whole reply; raises ModelFault, also after some parts,
        which are no answer then."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...
