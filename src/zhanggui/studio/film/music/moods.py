"""What makes a mood: tempo, chords, rhythm and who plays, all of it data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

MoodName = Literal["warm", "bright", "calm", "festive", "crisp", "easy"]
Timbre = Literal["felt", "marimba", "kalimba", "zither", "glass"]
Chord = tuple[int, ...]
"""Semitones over the key's root, the chord's own root first."""


@dataclass(frozen=True)
class Mood:
    """One way a piece can be.

    `beat` is its length in hundredths of a second (a multiple of 4, so that at 25 frames a second
    cuts fall on beats). `keys` are MIDI numbers of roots. `progressions` are four chords each, a
    bar a chord; the first chord is home. `scale` are the tones between chord tones. `figures` are
    rhythms of the tune: sixteenths of a bar at which a tone begins. Drums are sixteenths, too;
    `swing` delays every second eighth, in parts of an eighth.
    """

    beat: int
    keys: tuple[int, ...]
    progressions: tuple[tuple[Chord, Chord, Chord, Chord], ...]
    scale: tuple[int, ...]
    timbre: Timbre
    figures: tuple[tuple[int, ...], ...]
    bass: tuple[int, ...]
    kick: tuple[int, ...] = ()
    clap: tuple[int, ...] = ()
    shaker: tuple[int, ...] = ()
    swing: float = 0.0
    pad: float = 0.5
    room: float = 0.25


_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)
_PENTATONIC = (0, 2, 4, 7, 9)

_I, _I7, _I9 = (0, 4, 7), (0, 4, 7, 11), (0, 4, 7, 14)
_II7, _III7 = (2, 5, 9, 12), (4, 7, 11, 14)
_IV, _IV7, _V, _V7 = (5, 9, 12), (5, 9, 12, 16), (7, 11, 14), (7, 11, 14, 17)
_VI, _VI7 = (9, 12, 16), (9, 12, 16, 19)
_MI, _MVI, _MIII, _MVII = (0, 3, 7), (8, 12, 15), (3, 7, 10), (10, 14, 17)

_EIGHTHS = (0, 2, 4, 6, 8, 10, 12, 14)

MOODS: Mapping[MoodName, Mood] = {
    "warm": Mood(
        72,
        (48, 50, 53),
        ((_I9, _VI7, _IV7, _V), (_I7, _III7, _IV7, _V), (_I9, _V, _VI7, _IV7)),
        _MAJOR,
        "felt",
        (_EIGHTHS, (0, 2, 4, 6, 8, 10, 12), (0, 3, 6, 8, 11, 14)),
        bass=(0, 8),
        kick=(0, 8),
        shaker=(2, 6, 10, 14),
        pad=0.6,
        room=0.3,
    ),
    "bright": Mood(
        52,
        (48, 50, 52, 55),
        ((_I, _V, _VI, _IV), (_I, _IV, _VI, _V), (_I, _VI, _IV, _V)),
        _PENTATONIC,
        "marimba",
        ((0, 3, 6, 8, 11, 14), (0, 2, 4, 6, 8, 11, 14), (0, 3, 6, 10, 12, 14)),
        bass=(0, 6, 8, 14),
        kick=(0, 4, 8, 12),
        clap=(4, 12),
        shaker=_EIGHTHS,
        pad=0.4,
        room=0.2,
    ),
    "calm": Mood(
        80,
        (45, 48, 50),
        ((_I9, _IV7, _I7, _IV7), (_I7, _VI7, _IV7, _I9)),
        _PENTATONIC,
        "kalimba",
        ((0, 6, 10), (0, 4, 8, 14), (2, 6, 8, 12)),
        bass=(0,),
        pad=0.9,
        room=0.45,
    ),
    "festive": Mood(
        48,
        (50, 52, 55),
        ((_I, _VI, _IV, _V), (_I, _V, _VI, _V), (_I, _IV, _V, _I)),
        _PENTATONIC,
        "zither",
        (_EIGHTHS, (0, 2, 3, 4, 6, 8, 10, 11, 12, 14), (0, 4, 6, 8, 10, 12, 14)),
        bass=(0, 8, 12),
        kick=(0, 6, 8),
        clap=(4, 12, 14),
        shaker=_EIGHTHS,
        pad=0.3,
        room=0.22,
    ),
    "crisp": Mood(
        56,
        (45, 47, 50),
        ((_MI, _MVI, _MIII, _MVII), (_MI, _MVII, _MVI, _MVII)),
        _MINOR,
        "glass",
        (_EIGHTHS, (0, 3, 6, 9, 12, 14), (0, 2, 4, 6, 7, 8, 10, 12, 14)),
        bass=_EIGHTHS,
        kick=(0, 4, 8, 12),
        clap=(4, 12),
        shaker=(2, 6, 10, 14),
        pad=0.5,
        room=0.28,
    ),
    "easy": Mood(
        68,
        (48, 51, 53),
        ((_II7, _V7, _I7, _VI7), (_IV7, _III7, _II7, _I7), (_I7, _VI7, _II7, _V7)),
        _MAJOR,
        "felt",
        ((0, 3, 6, 10, 14), (2, 4, 6, 10, 12), (0, 6, 8, 11, 14)),
        bass=(0, 6, 10),
        kick=(0, 7, 10),
        clap=(4, 12),
        shaker=_EIGHTHS,
        swing=0.3,
        pad=0.5,
        room=0.25,
    ),
}

_WORDS: Mapping[MoodName, tuple[str, ...]] = {
    "festive": ("新年", "春节", "年货", "红", "618", "双11", "双十一", "节", "喜", "礼"),
    "crisp": ("数码", "电器", "手机", "耳机", "键盘", "充电", "灯", "工具", "电"),
    "calm": ("护肤", "香", "茶", "家纺", "床", "枕", "婴", "母婴", "浴", "瑜伽"),
    "bright": ("零食", "食品", "饮料", "玩具", "童", "运动", "户外", "水果", "杯"),
    "warm": ("陶瓷", "餐具", "厨", "木", "家居", "碗", "锅", "收纳"),
    "easy": ("服装", "衣", "裤", "裙", "鞋", "包", "帽", "咖啡", "文具"),
}


def mood_for(words: str, choice: int) -> MoodName:
    """The mood that goes with a product's words (title, category, campaign); where none speaks for
    any, or several do alike, `choice` picks."""
    counts = {name: sum(word in words for word in known) for name, known in _WORDS.items()}
    most = max(counts.values())
    likely = [name for name in MOODS if counts[name] == most]
    return likely[choice % len(likely)]
