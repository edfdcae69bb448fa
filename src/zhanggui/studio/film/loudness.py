"""How loud sound is to people (ITU-R BS.1770-4), and making it so loud and no louder."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import lfilter

from zhanggui.studio.film.encoding import SAMPLE_RATE, Sound

SILENT = -70.0
"""LUFS under which nothing counts as sound."""
CEILING = 0.84
"""The largest sample, −1.5 dBFS: AAC may come out a little above what it was given."""

_BLOCK_S, _STEP_S = 0.4, 0.1
_LOOK_S = 0.006


def lufs(sound: Sound) -> float:
    """Integrated loudness of two channels with both gates, in LUFS; :data:`SILENT` for silence."""
    weighted = np.square(_weighted(sound)).sum(axis=0)
    block, step = int(_BLOCK_S * SAMPLE_RATE), int(_STEP_S * SAMPLE_RATE)
    if len(weighted) < block:
        weighted = np.pad(weighted, (0, block - len(weighted)))
    sums = np.concatenate([[0.0], np.cumsum(weighted)])
    starts = np.arange(0, len(weighted) - block + 1, step)
    power = (sums[starts + block] - sums[starts]) / block
    power = power[_level(power) > SILENT]
    if not len(power):
        return SILENT
    power = power[_level(power) > _level(power.mean()) - 10]
    return float(_level(power.mean()))


def levelled(sound: Sound, target: float) -> Sound:
    """The sound at `target` LUFS with no sample over :data:`CEILING`; silence stays."""
    for _ in range(2):
        loud = lufs(sound)
        if loud <= SILENT:
            return sound
        sound = limited(sound * np.float32(10 ** ((target - loud) / 20)))
    return sound


def limited(sound: Sound) -> Sound:
    """The sound turned down, for a few milliseconds, where it would go over :data:`CEILING`."""
    size = 2 * int(_LOOK_S * SAMPLE_RATE) + 1
    peaks = maximum_filter1d(np.abs(sound).max(axis=0), size)
    gain = np.minimum(1, CEILING / np.maximum(peaks, 1e-9))
    # The mean of a run of gains that are each low enough for its middle is low enough there.
    return np.asarray(sound * uniform_filter1d(gain, size), dtype=np.float32)


def _level(power: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-12)))


def _weighted(sound: Sound) -> NDArray[np.float64]:
    """K-weighting: the head's shelf, then no rumble. BS.1770 gives its filters for 48 kHz; these
    are their analogue forms brought to our rate (as in libebur128)."""
    shelf = _shelf(1681.974450955533, 3.999843853973347, 0.7071752369554196)
    high = _high_pass(38.13547087602444, 0.5003270373238773)
    return np.asarray(lfilter(*high, lfilter(*shelf, sound.astype(np.float64))))


def _shelf(hertz: float, gain_db: float, q: float) -> tuple[list[float], list[float]]:
    k = np.tan(np.pi * hertz / SAMPLE_RATE)
    vh = 10 ** (gain_db / 20)
    vb = vh**0.4996667741545416
    a0 = 1 + k / q + k * k
    b = [(vh + vb * k / q + k * k) / a0, 2 * (k * k - vh) / a0, (vh - vb * k / q + k * k) / a0]
    return b, [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]


def _high_pass(hertz: float, q: float) -> tuple[list[float], list[float]]:
    k = np.tan(np.pi * hertz / SAMPLE_RATE)
    a0 = 1 + k / q + k * k
    return [1.0, -2.0, 1.0], [1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
