"""Instruments, each a few sums of sines or of filtered noise.

Every function gives one channel of samples at :data:`RATE`, at most about 1 in size, that begins
and ends at silence.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from zhanggui.studio.film.music.moods import Timbre

RATE = 44_100
Samples = NDArray[np.float32]

# Partials as (multiple of the tone, strength, seconds until it has fallen to a third).
_PARTIALS: dict[Timbre, tuple[tuple[float, float, float], ...]] = {
    "felt": (
        (1, 1, 0.9),
        (2.001, 0.42, 0.6),
        (3.004, 0.22, 0.4),
        (4.01, 0.12, 0.26),
        (5.02, 0.07, 0.16),
        (7.05, 0.03, 0.08),
    ),
    "marimba": ((1, 1, 0.36), (3.93, 0.34, 0.14), (9.2, 0.16, 0.05)),
    "kalimba": ((1, 1, 0.8), (2, 0.2, 0.5), (3, 0.08, 0.3), (5.42, 0.2, 0.16), (8.1, 0.12, 0.08)),
    "zither": (
        (1, 1, 0.6),
        (2, 0.6, 0.45),
        (3.002, 0.45, 0.32),
        (4.005, 0.26, 0.22),
        (5.01, 0.16, 0.16),
        (6.015, 0.1, 0.1),
        (7.02, 0.06, 0.08),
    ),
    "glass": ((1, 1, 0.4), (2, 0.4, 0.3), (3, 0.28, 0.22), (4, 0.14, 0.16), (6, 0.1, 0.1)),
}
_ATTACK_S: dict[Timbre, float] = {
    "felt": 0.012,
    "marimba": 0.003,
    "kalimba": 0.004,
    "zither": 0.003,
    "glass": 0.006,
}


def hertz(pitch: float) -> float:
    """The frequency of a MIDI number in equal temperament, A4 = 69 = 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69) / 12))


@lru_cache(maxsize=256)
def struck(timbre: Timbre, pitch: int) -> Samples:
    """A tone that is struck or plucked and dies away by itself."""
    partials = _PARTIALS[timbre]
    # High tones die sooner, as on any string or bar.
    slack = 2.0 ** ((66 - pitch) / 24)
    length = min(2.6, 4.5 * partials[0][2] * slack)
    t = _times(length)
    tone = np.zeros_like(t)
    for multiple, strength, falls in partials:
        frequency = hertz(pitch) * multiple
        if frequency < RATE * 0.4:
            wave = np.sin(2 * np.pi * frequency * t)
            tone += strength * wave * np.exp(-t / (falls * slack))
    tone /= sum(strength for _, strength, _ in partials)
    return _edged(tone, _ATTACK_S[timbre], 0.08)


@lru_cache(maxsize=64)
def pad(pitch: int, seconds: float) -> Samples:
    """A soft held tone of three voices that are a little apart, swelling in and out."""
    t = _times(seconds + 0.5)
    tone = np.zeros_like(t)
    for cents, phase in ((-6, 0.0), (0, 2.1), (5, 4.2)):
        angle = 2 * np.pi * hertz(pitch + cents / 100) * t + phase
        # Every partial from the two before it: sin kx = 2 cos x · sin (k−1)x − sin (k−2)x.
        last, wave, twice = np.zeros_like(t), np.sin(angle), 2 * np.cos(angle)
        for partial in range(1, 8):
            tone += wave / partial**1.5
            last, wave = wave, twice * wave - last
    return _edged(tone / 5, min(0.35, seconds / 3), 0.6)


@lru_cache(maxsize=64)
def bass(pitch: int, seconds: float) -> Samples:
    """A round low tone; its octave is in it so that a phone's speaker gives some of it."""
    t = _times(min(seconds, 1.6) + 0.06)
    falls = np.exp(-t / 0.7)
    frequency = hertz(pitch)
    tone = np.sin(2 * np.pi * frequency * t) + 0.45 * np.sin(4 * np.pi * frequency * t) * falls
    tone += 0.15 * np.sin(6 * np.pi * frequency * t) * np.exp(-t / 0.25)
    return _edged(tone * falls / 1.5, 0.008, 0.05)


@lru_cache(maxsize=1)
def kick() -> Samples:
    """A soft drum: a sine that falls from 120 Hz to 48 Hz."""
    t = _times(0.32)
    frequency = 48 + 72 * np.exp(-t / 0.03)
    phase = 2 * np.pi * np.cumsum(frequency) / RATE
    return _edged(np.sin(phase) * np.exp(-t / 0.1), 0.002, 0.05)


@lru_cache(maxsize=1)
def clap() -> Samples:
    """Three bursts of noise close together and their tail, between 0.9 and 4 kHz."""
    t = _times(0.22)
    bursts = sum(np.exp(-np.abs(t - at) / 0.004) for at in (0.006, 0.016, 0.027))
    tail = np.exp(-np.clip(t - 0.027, 0, None) / 0.05) * (t > 0.027)
    noise = np.random.default_rng(11).standard_normal(len(t))
    band = sosfilt(butter(2, [900, 4000], "bandpass", fs=RATE, output="sos"), noise)
    return _edged(band * (0.6 * bursts + 0.5 * tail) * 0.8, 0.002, 0.04)


@lru_cache(maxsize=1)
def shaker() -> Samples:
    """A short breath of noise over 6 kHz."""
    t = _times(0.09)
    noise = np.random.default_rng(12).standard_normal(len(t))
    high = sosfilt(butter(2, 6000, "highpass", fs=RATE, output="sos"), noise)
    return _edged(high * np.exp(-t / 0.022) * 0.5, 0.008, 0.02)


def _times(seconds: float) -> NDArray[np.float64]:
    return np.arange(int(seconds * RATE)) / RATE


def _edged(tone: NDArray[np.float64], attack_s: float, release_s: float) -> Samples:
    """A tone without a click at either end."""
    rise, fall = int(attack_s * RATE), min(int(release_s * RATE), len(tone) // 2)
    tone[:rise] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(1, rise))
    tone[-fall:] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / max(1, fall))
    return tone.astype(np.float32)
