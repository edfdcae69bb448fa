"""A piece as sound: every part on its place between the ears, in a room."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

from zhanggui.studio.film.encoding import Sound
from zhanggui.studio.film.music import instruments
from zhanggui.studio.film.music.composing import Note, Part, Piece
from zhanggui.studio.film.music.instruments import RATE, Samples
from zhanggui.studio.film.music.moods import Timbre

_LEVEL: Mapping[Part, float] = {
    "tune": 0.5,
    "pad": 0.14,
    "bass": 0.36,
    "kick": 0.5,
    "clap": 0.26,
    "shaker": 0.3,
}
_WET: Mapping[Part, float] = {
    "tune": 1.0,
    "pad": 0.6,
    "bass": 0.0,
    "kick": 0.05,
    "clap": 0.7,
    "shaker": 0.3,
}
_SIDE: Mapping[Part, float] = {"clap": 0.15, "shaker": -0.35}
_ROOM_S = 1.4
_FADE_S = 0.9


def play(piece: Piece) -> Sound:
    """The piece in two channels; its loudness is whatever it comes to, under 1 in size or not."""
    length = round(piece.seconds * RATE)
    dry = np.zeros((2, length), dtype=np.float32)
    sent = np.zeros((2, length), dtype=np.float32)
    for number, note in enumerate(piece.notes):
        tone = _sounded(note, piece.mood.timbre)
        start = round(note.start_s * RATE)
        tone = tone[: length - start] * (_LEVEL[note.part] * note.loud)
        place = slice(start, start + len(tone))
        for channel, strength in enumerate(_sides(note, number)):
            dry[channel, place] += strength * tone
            sent[channel, place] += strength * _WET[note.part] * tone
    return _faded(dry + piece.mood.room * _in_room(sent))


def _sounded(note: Note, timbre: Timbre) -> Samples:
    if note.part == "tune":
        return instruments.struck(timbre, note.pitch)
    if note.part == "pad":
        return instruments.pad(note.pitch, round(note.held_s, 3))
    if note.part == "bass":
        return instruments.bass(note.pitch, round(note.held_s, 3))
    drums = {"kick": instruments.kick, "clap": instruments.clap, "shaker": instruments.shaker}
    return drums[note.part]()


def _sides(note: Note, number: int) -> tuple[float, float]:
    """Strengths left and right, of equal power. The tune wanders a little, the pad is wide."""
    side = _SIDE.get(note.part, 0.0)
    if note.part == "tune":
        side = 0.3 * np.sin(number * 1.7)
    elif note.part == "pad":
        side = 0.6 if note.pitch % 2 else -0.6
    angle = (side + 1) * np.pi / 4
    return float(np.cos(angle) * np.sqrt(2)), float(np.sin(angle) * np.sqrt(2))


def _in_room(sound: Sound) -> Sound:
    """The echo of a room: noise that dies away, other on each side, without rumble and hiss."""
    t = np.arange(int(_ROOM_S * RATE)) / RATE
    rng = np.random.default_rng(7)
    echoes = rng.standard_normal((2, len(t))) * np.exp(-t / 0.32) * np.minimum(1, t / 0.012)
    echoes = sosfilt(butter(1, [250, 5000], "bandpass", fs=RATE, output="sos"), echoes)
    echoes /= np.sqrt((echoes**2).sum(axis=1, keepdims=True))
    wet = fftconvolve(sound, echoes.astype(np.float32), axes=1)
    return np.asarray(wet[:, : sound.shape[1]], dtype=np.float32)


def _faded(sound: Sound) -> Sound:
    fade = min(int(_FADE_S * RATE), sound.shape[1] // 2)
    sound[:, -fade:] *= (0.5 + 0.5 * np.cos(np.pi * np.arange(fade) / fade)).astype(np.float32)
    return sound
