"""A piece written for a length: a chord a bar, a tune over them, and an end that is home."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhanggui.studio.film.music.moods import Chord, Mood

Part = Literal["tune", "pad", "bass", "kick", "clap", "shaker"]

_SIXTEENTHS = 16
_HIGHEST, _LOWEST = 84, 62
"""The tune's range, in MIDI numbers: D4 to C6."""


@dataclass(frozen=True)
class Note:
    """A tone: when it begins and how long it is held (seconds), its MIDI number (0 for a drum) and
    how loud it is (0–1)."""

    part: Part
    start_s: float
    held_s: float
    pitch: int
    loud: float


@dataclass(frozen=True)
class Piece:
    """What is played, and for how long."""

    mood: Mood
    seconds: float
    notes: tuple[Note, ...]


def compose(mood: Mood, seconds: float, rng: np.random.Generator) -> Piece:
    """A piece of exactly so many seconds whose last bar is the key's own chord.

    The first bar is without drums and the last rings out. The tune has two phrases of a bar, played
    as A A B A with the tones the chord of the bar asks for.
    """
    bar_s = mood.beat * 4 / 100
    bars = max(2, math.ceil(seconds / bar_s - 0.25))
    key = int(rng.choice(mood.keys))
    progression = mood.progressions[int(rng.integers(len(mood.progressions)))]
    chords = [progression[bar % 4] for bar in range(bars - 1)] + [_home(mood)]
    phrases = [_phrase(mood, rng) for _ in range(2)]
    notes: list[Note] = []
    tone = int(rng.integers(70, 77))
    for bar, chord in enumerate(chords):
        last = bar == bars - 1
        at = bar * bar_s
        notes += _chord(mood, key, chord, at, seconds - at if last else bar_s)
        phrase = phrases[1 if bar % 4 == 2 else 0]
        tune = _tune(mood, key, chord, _ROLL if last else phrase, at, tone)
        tone = tune[-1].pitch if tune else tone
        notes += tune
        if 0 < bar < bars - 1:
            notes += _drums(mood, at)
    return Piece(mood, seconds, tuple(note for note in notes if note.start_s < seconds - 0.05))


def _home(mood: Mood) -> Chord:
    """The chord a piece ends on."""
    minor = 3 in mood.scale
    return (0, 3, 7, 12) if minor else (0, 4, 7, 14)


@dataclass(frozen=True)
class _Step:
    """A tone of a phrase: its sixteenth, how it moves, and whether a chord's tone is wanted."""

    sixteenth: int
    move: int
    settles: bool
    loud: float


_ROLL = [_Step(sixteenth, 1, True, 0.85) for sixteenth in (0, 1, 2, 3)]
"""The last chord, rolled upwards."""


def _phrase(mood: Mood, rng: np.random.Generator) -> list[_Step]:
    figure = mood.figures[int(rng.integers(len(mood.figures)))]
    rising = int(rng.choice([-1, 1]))
    steps = []
    for number, sixteenth in enumerate(figure):
        # A line that goes one way and comes back is heard as one; random tones are not.
        way = rising if number < len(figure) / 2 else -rising
        move = way * int(rng.choice([1, 1, 2]))
        loud = 0.9 if sixteenth % 8 == 0 else 0.75 if sixteenth % 4 == 0 else 0.6
        steps.append(_Step(sixteenth, move, sixteenth % 4 == 0, loud * rng.uniform(0.92, 1)))
    return steps


def _tune(
    mood: Mood, key: int, chord: Chord, phrase: list[_Step], at: float, tone: int
) -> list[Note]:
    chord_tones = _spread(key, chord)
    scale_tones = sorted(set(_spread(key, mood.scale)) | set(chord_tones))
    notes = []
    for number, step in enumerate(phrase):
        tones = chord_tones if step.settles else scale_tones
        tone = _moved(tones, tone, step.move)
        ends = phrase[number + 1].sixteenth if number + 1 < len(phrase) else _SIXTEENTHS
        start = at + _place(mood, step.sixteenth)
        held = (ends - step.sixteenth) * mood.beat / 400
        notes.append(Note("tune", start, held, tone, step.loud))
    return notes


def _spread(key: int, degrees: tuple[int, ...]) -> list[int]:
    """All tones of the tune's range that are one of the degrees."""
    classes = {(key + degree) % 12 for degree in degrees}
    return [tone for tone in range(_LOWEST, _HIGHEST + 1) if tone % 12 in classes]


def _moved(tones: list[int], tone: int, move: int) -> int:
    """The tone so many places on among `tones`, turning at the range's ends."""
    nearest = min(range(len(tones)), key=lambda place: abs(tones[place] - tone))
    place = nearest + move
    if not 0 <= place < len(tones):
        place = nearest - move
    return tones[max(0, min(len(tones) - 1, place))]


def _chord(mood: Mood, key: int, chord: Chord, at: float, held: float) -> list[Note]:
    """The pad's tones between E3 and E4, and the bass under them. Of a chord of four the pad leaves
    the root to the bass: a seventh and its root side by side sound muddy."""
    held_tones = chord[1:] if len(chord) > 3 else chord
    voiced = sorted({52 + (key + degree - 52) % 12 for degree in held_tones})
    notes = [Note("pad", at, held, tone, mood.pad) for tone in voiced]
    root = 36 + (key + chord[0] - 36) % 12
    places = mood.bass if held <= mood.beat * 4 / 100 + 1e-9 else mood.bass[:1]
    for number, sixteenth in enumerate(places):
        ends = places[number + 1] if number + 1 < len(places) else _SIXTEENTHS
        length = (ends - sixteenth) * mood.beat / 400
        loud = 0.9 if sixteenth == 0 else 0.7
        notes.append(Note("bass", at + _place(mood, sixteenth), length, root, loud))
    return notes


def _drums(mood: Mood, at: float) -> list[Note]:
    parts: tuple[tuple[Part, tuple[int, ...]], ...] = (
        ("kick", mood.kick),
        ("clap", mood.clap),
        ("shaker", mood.shaker),
    )
    return [
        Note(part, at + _place(mood, sixteenth), 0.1, 0, 1.0 if sixteenth % 4 == 0 else 0.7)
        for part, places in parts
        for sixteenth in places
    ]


def _place(mood: Mood, sixteenth: int) -> float:
    """Seconds from the bar's begin."""
    late = mood.swing / 2 if sixteenth % 4 == 2 else 0.0
    return (sixteenth + 2 * late) * mood.beat / 400
