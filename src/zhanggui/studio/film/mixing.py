"""Music and voice in one track."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d

from zhanggui.studio.film.encoding import SAMPLE_RATE, Sound
from zhanggui.studio.film.loudness import SILENT, levelled, lufs

LOUD = -15.0
"""LUFS of a film as it is published; what the channels play without turning it down or up much."""
_UNDER_VOICE_DB = 13.0
"""How much quieter than the voice the music is while somebody speaks."""
_BETWEEN_DB = 4.0
"""And while nobody does."""
_NEAR_S, _EASE_S = 0.25, 0.3


def mixed(music: Sound, parts: Sequence[tuple[float, NDArray[np.float32]]]) -> Sound:
    """The music, turned down for the spoken parts (begin in seconds, samples of one channel), at
    :data:`LOUD` in all. Raises ValueError for nothing to hear."""
    voice = np.zeros(music.shape[1], dtype=np.float32)
    for start_s, samples in parts:
        start = round(start_s * SAMPLE_RATE)
        part = samples[: max(0, len(voice) - start)]
        voice[start : start + len(part)] += part
    both = np.stack([voice, voice])
    loud = lufs(both)
    if loud <= SILENT:
        return levelled(music, LOUD)
    quiet, free = (
        np.float32(10 ** ((loud - down - lufs(music)) / 20))
        for down in (_UNDER_VOICE_DB, _BETWEEN_DB)
    )
    gain = free + (quiet - free) * _spoken(voice)
    return levelled(both + music * gain, LOUD)


def _spoken(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Where somebody speaks (0–1), from a little before to a little after, without steps."""
    near, ease = int(_NEAR_S * SAMPLE_RATE), int(_EASE_S * SAMPLE_RATE)
    is_heard = (np.abs(voice) > 0.01).astype(np.float32)
    wide = maximum_filter1d(is_heard, 2 * near + 1)
    return np.asarray(uniform_filter1d(wide, ease), dtype=np.float32)
