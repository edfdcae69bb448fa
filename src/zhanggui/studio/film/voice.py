"""A voice for a film: what was spoken, and when each caption is heard in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from zhanggui.ai.speech import Spoken
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio.film.encoding import SAMPLE_RATE

_EDGE_S = 0.04


@dataclass(frozen=True)
class Voice:
    """One channel of samples (−1 to 1) and, for each caption of the storyboard in its order, when
    it is heard in them: begin and end in seconds."""

    samples: NDArray[np.float32]
    sample_rate: int
    timings: tuple[tuple[float, float], ...]

    @property
    def seconds(self) -> tuple[float, ...]:
        """How long each caption is spoken."""
        return tuple(end - start for start, end in self.timings)

    def part(self, number: int) -> NDArray[np.float32]:
        """One caption as spoken, at the film's rate, without a click at either end."""
        start, end = self.timings[number]
        cut = self.samples[round(start * self.sample_rate) : round(end * self.sample_rate)]
        common = gcd(SAMPLE_RATE, self.sample_rate)
        part = resample_poly(cut, SAMPLE_RATE // common, self.sample_rate // common)
        edge = min(int(_EDGE_S * SAMPLE_RATE), len(part) // 2)
        if edge:
            rise = np.linspace(0, 1, edge, dtype=np.float32)
            part[:edge] *= rise
            part[-edge:] *= rise[::-1]
        return np.asarray(part, dtype=np.float32)


def script(captions: Sequence[str]) -> str:
    """What a speech engine is given so that :func:`heard` finds the captions in it again."""
    return "".join(caption.rstrip("。！？!?；;，, ") + "。" for caption in captions)


def heard(spoken: Spoken, captions: Sequence[str]) -> Voice:
    """The voice that spoke :func:`script` of these captions.

    Raises Invalid where its words are not those of the captions.
    """
    timings: list[tuple[float, float]] = []
    words = list(spoken.words)
    for caption in captions:
        place, first, last = 0, None, None
        while words and (found := caption.find(words[0].text, place)) >= 0:
            word = words.pop(0)
            place = found + len(word.text)
            first = word.start_s if first is None else first
            last = word.end_s
        if first is None or last is None:
            raise Invalid(
                Text("配音与字幕对不上", "The voice does not speak the captions"),
                hint=Text("请用同一份字幕重新配音。", "Speak these very captions again."),
                where="voice",
            )
        timings.append((first, last))
    samples = np.frombuffer(spoken.pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
    return Voice(samples, spoken.sample_rate, _widened(timings, len(samples) / spoken.sample_rate))


def _widened(
    timings: Sequence[tuple[float, float]], seconds: float
) -> tuple[tuple[float, float], ...]:
    """Times that take in a consonant's begin and a vowel's end, as far as the silence goes."""
    wide = []
    for number, (start, end) in enumerate(timings):
        before = timings[number - 1][1] if number else 0.0
        after = timings[number + 1][0] if number + 1 < len(timings) else seconds
        wide.append((max(start - 0.06, (before + start) / 2), min(end + 0.12, (end + after) / 2)))
    return tuple(wide)
