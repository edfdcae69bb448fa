"""What a Mandarin voice must offer, whoever speaks, and what it gives."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass
from typing import Literal, Protocol

VoiceName = Literal["xiaoxiao", "xiaoyi", "yunxi", "yunyang"]
"""Two women and two men. An engine without these people takes one of the same sex."""
FEMALE: tuple[VoiceName, ...] = ("xiaoxiao", "xiaoyi")
USUAL: VoiceName = "xiaoxiao"
SLOWEST, FASTEST = 0.5, 2.0
LONGEST = 3_000
"""Characters of a text: about ten minutes of speech, 30 MB."""


@dataclass(frozen=True, slots=True)
class Timed:
    """When a part of the text is heard, in seconds from the beginning of the sound. `text` is as it
    was written (a price is one part), what is not said has none."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text that was spoken: `pcm` are signed 16-bit little-endian samples of one channel, `by` is
    the engine's name, `missed` says which were to speak before it and why they did not."""

    pcm: bytes
    sample_rate: int
    words: tuple[Timed, ...]
    by: str
    missed: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / 2 / self.sample_rate

    def wav(self) -> bytes:
        """The sound as a WAV file."""
        kept = io.BytesIO()
        with wave.open(kept, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.sample_rate)
            file.writeframes(self.pcm)
        return kept.getvalue()


class Voice(Protocol):
    """Speaks Mandarin."""

    @property
    def name(self) -> str: ...

    def is_there(self) -> bool:
        """Whether it can speak on this machine; loads nothing."""
        ...

    async def speak(self, text: str, *, voice: VoiceName = USUAL, speed: float = 1.0) -> Spoken:
        """A text, spoken; `speed` is from `SLOWEST` to `FASTEST`. Raises SpeechFault."""
        ...


class SpeechFault(Exception):
    """An engine could not speak; the word says why: ``large`` when it had more memory than it may,
    ``broken`` when it ended without a word, ``silent`` when nothing came of the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
