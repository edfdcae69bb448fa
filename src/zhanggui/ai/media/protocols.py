"""What a model that makes pictures, films, a voice, vectors or an order must offer, and what it is
asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from zhanggui.ai.faults import ModelFault
from zhanggui.ai.protocols import NOTHING, TextRole, Used, Vectors
from zhanggui.ai.speech.voices import Timed

Resolution = Literal["480P", "720P", "1080P"]


@dataclass(frozen=True, slots=True)
class DrawRequest:
    """Pictures to be made: `count` of them after the `prompt`, without what is `unwanted`, of a
    `size` (width, height; None is the model's own), out of the `references` where there are any
    (JPEG, PNG or WebP). What is `private` of what no pattern can know is named: it does not
    leave."""

    prompt: str
    unwanted: str = ""
    size: tuple[int, int] | None = None
    count: int = 1
    seed: int | None = None
    references: Sequence[bytes] = ()
    private: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FilmRequest:
    """A film of some `seconds` after the `prompt`, which begins with the picture `first` where
    there is one."""

    prompt: str
    unwanted: str = ""
    first: bytes | None = None
    seconds: int = 5
    resolution: Resolution = "720P"
    seed: int | None = None
    private: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """A text to be spoken; an empty `voice` is the one that is configured."""

    text: str
    voice: str = ""
    private: Sequence[str] = ()


MakeRequest: TypeAlias = DrawRequest | FilmRequest


@dataclass(frozen=True, slots=True)
class Seen:
    """How a server's task stands. ``done``: what it made lies at the addresses in `found`, and
    `used` is to be paid; ``failed`` for the reason in `fault`; ``gone``: the server knows no such
    task (any more). `prompt` is the one it was given, where the server tells."""

    state: Literal["waiting", "done", "failed", "gone"]
    found: tuple[str, ...] = ()
    used: Used = NOTHING
    fault: ModelFault | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a server said to a request: the id of its task, or, of one that answers at once, what
    it made."""

    their_id: str | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A task in a server's list, and when it was made."""

    their_id: str
    made_at: datetime


class Making(Protocol):
    """A model that makes pictures or films. Everything raises ModelFault."""

    @property
    def name(self) -> str: ...

    @property
    def has_tasks(self) -> bool:
        """Whether it works on tasks that are looked at and listed, rather than answer at once."""
        ...

    def takes(self, request: MakeRequest) -> bool:
        """Whether it does what is asked: not every model takes pictures, or goes without."""
        ...

    def expected(self, request: MakeRequest) -> Used:
        """What the request will have to be paid for."""
        ...

    async def open(self) -> None:
        """Have at hand what it takes, so that a request leaves at once."""
        ...

    async def submit(self, request: MakeRequest) -> Submitted:
        """Have it made."""
        ...

    async def look(self, their_id: str) -> Seen:
        """How a task stands."""
        ...

    async def cancel(self, their_id: str) -> bool:
        """Give a task up; False where the server goes on with it."""
        ...

    async def listed(self, since: datetime, until: datetime) -> list[Listed]:
        """The model's tasks that were made between two moments, whoever made them."""
        ...

    async def download(self, address: str) -> bytes:
        """A file that was made. A ModelFault with the status 403 or 404 says that the address does
        not hold any more."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Sound:
    """A text spoken: a whole sound file (`kind` is its ending, such as ``wav``), by which model,
    and which were asked before it and why they did not. `is_embedded` says that the engine in the
    program spoke. `words` say when each part of the text is heard; a model's are estimated by their
    syllables, and there are none of a kind of sound that does not say how long it lasts."""

    sound: bytes
    kind: str
    by: str
    used: Used = NOTHING
    words: tuple[Timed, ...] = ()
    is_embedded: bool = False
    missed: tuple[str, ...] = ()


class Speaking(Protocol):
    """A model that speaks."""

    @property
    def name(self) -> str: ...

    async def speak(self, request: SpeechRequest) -> Sound:
        """The sound; raises ModelFault."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts as rows of length 1, shape (n, dim), by the embedder of this `name` and `version`: what
    is kept of them is keyed by both. `is_embedded` says that the engine in the program made them,
    `missed` which models did not and why."""

    vectors: Vectors
    name: str
    version: str
    used: Used = NOTHING
    is_embedded: bool = False
    missed: tuple[str, ...] = ()


class Embedding(Protocol):
    """A model that turns texts into vectors, at most so many in a call."""

    @property
    def name(self) -> str: ...

    @property
    def at_most(self) -> int: ...

    async def embed(self, texts: Sequence[str], role: TextRole) -> Embedded:
        """Their vectors, in the same order; raises ModelFault."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Reranked:
    """How well each passage answers, in the order they were given: the more the better. Scores of
    two models (`by`) do not compare."""

    scores: tuple[float, ...]
    by: str
    used: Used = NOTHING
    is_embedded: bool = False
    missed: tuple[str, ...] = ()


class Reranking(Protocol):
    """A model that says which passages answer a question, at most so many in a call."""

    @property
    def name(self) -> str: ...

    @property
    def at_most(self) -> int: ...

    async def rerank(self, question: str, passages: Sequence[str]) -> Reranked:
        """A score for each passage; raises ModelFault."""
        ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...
