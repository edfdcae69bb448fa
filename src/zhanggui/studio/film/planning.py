"""From facts and captions to a storyboard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhanggui.base.errors import Invalid
from zhanggui.base.money import format_yuan
from zhanggui.base.words import Text
from zhanggui.studio.facts import Facts
from zhanggui.studio.film.music import MOODS, MoodName, mood_for
from zhanggui.studio.film.storyboard import (
    Caption,
    Motion,
    Shot,
    ShotKind,
    Storyboard,
    Transition,
    TransitionKind,
    View,
)
from zhanggui.studio.film.timing import reading_s
from zhanggui.studio.film.voice import Voice

SHORTEST_S, LONGEST_S = 10.0, 20.0
FEWEST_TO_SPIN = 12
"""Frames of a turn; with fewer, a turn is a row of jumps."""

_CARD_S = 2.6
_SHOT_S = 2.3
_FEWEST = 3
_LEAST_S: dict[ShotKind, float] = {
    "scene": 1.6,
    "spin": 2.6,
    "close": 1.5,
    "generated": 2.0,
    "card": 2.0,
}
_LEAD_S, _AFTER_S = 0.2, 0.12
"""From a shot's begin to its caption's, and from the caption's end to the shot's."""
_WITH_TURN: tuple[ShotKind, ...] = ("scene", "spin", "close", "scene", "close", "spin", "scene")
_WITHOUT: tuple[ShotKind, ...] = ("scene", "close", "scene", "close", "scene", "close", "scene")
_TRANSITION_S: dict[TransitionKind, float] = {
    "cut": 0.0,
    "dissolve": 0.48,
    "wipe": 0.44,
    "slide": 0.4,
    "zoom": 0.36,
}


def storyboard(
    facts: Facts,
    captions: Sequence[str],
    *,
    frames_count: int,
    seconds: float = 14.0,
    seed: int,
    mood: MoodName | None = None,
) -> Storyboard:
    """The storyboard of a film of so many seconds for a product with so many frames.

    Each caption goes with a shot, in order, for as long as it takes to read; captions for which
    there is no time are left out, the last first. Shots end on the music's beats. Raises Invalid
    for a length that is not of :data:`SHORTEST_S` to :data:`LONGEST_S`.
    """
    if not SHORTEST_S <= seconds <= LONGEST_S:
        raise Invalid(
            Text("视频时长要在 10 到 20 秒之间", "A video lasts from 10 to 20 seconds"),
            hint=Text("请改一个时长，例如 14 秒。", "Choose another length, such as 14."),
            where="seconds",
        )
    rng = np.random.default_rng((seed, 0))
    words = " ".join(filter(None, (facts.title, facts.category, facts.campaign)))
    mood = mood or mood_for(words, int(rng.integers(1000)))
    texts = [text for caption in captions if (text := caption.strip())]
    beat = MOODS[mood].beat
    kinds, lengths, texts = _fitted(frames_count, texts, seconds - _CARD_S)
    lengths = _on_beats(lengths, beat, seconds)
    shots = _shots(kinds, lengths, texts, rng)
    return Storyboard(
        seconds=seconds,
        seed=seed,
        mood=mood,
        beat=beat,
        shots=tuple(shots),
        captions=_read(shots, texts),
        name=facts.title,
        price=None if facts.price_fen is None else f"¥{format_yuan(facts.price_fen)}",
        tagline=facts.campaign or facts.coupon or (facts.points[0] if facts.points else None),
        shop=facts.shop or facts.brand,
    )


def spoken(plan: Storyboard, voice: Voice) -> Storyboard:
    """The storyboard with every captioned shot as long as its caption is heard.

    Shots grow, shots without a caption give way, and the film becomes longer, up to
    :data:`LONGEST_S`; captions for which there is no time then are left out with their shots.
    Raises Invalid when the voice has fewer timings than there are captions.
    """
    if len(voice.timings) < len(plan.captions):
        raise Invalid(
            Text("配音的段数少于字幕", "The voice has fewer parts than there are captions"),
            hint=Text("请为每条字幕配音。", "Speak every caption."),
            where="voice",
        )
    *body, card = plan.shots
    needed = [
        _LEAST_S[shot.kind]
        if shot.caption is None
        else max(_LEAST_S[shot.kind], _LEAD_S + voice.seconds[shot.caption] + _AFTER_S)
        for shot in body
    ]
    while body and sum(needed) + _LEAST_S["card"] > LONGEST_S:
        uncaptioned = [place for place, shot in enumerate(body) if shot.caption is None]
        place = uncaptioned[-1] if uncaptioned else len(body) - 1
        del body[place], needed[place]
    whole = min(LONGEST_S, max(plan.seconds, sum(needed) + _CARD_S))
    spare = whole - _CARD_S - sum(needed)
    if spare > 0:
        needed = [each + spare / len(needed) for each in needed]
    lengths = _in_frames([*needed, whole - sum(needed)])
    shots = [
        shot.model_copy(update={"seconds": length})
        for shot, length in zip([*body, card], lengths, strict=True)
    ]
    captions = tuple(
        Caption(text=plan.captions[number].text, start_s=at + _LEAD_S, end_s=until)
        for number, at, until in (
            (shot.caption, start, start + _LEAD_S + voice.seconds[shot.caption])
            for shot, start in zip(shots, _starts(lengths), strict=True)
            if shot.caption is not None
        )
    )
    return plan.model_copy(
        update={"seconds": round(sum(lengths), 4), "shots": tuple(shots), "captions": captions}
    )


def _fitted(
    frames_count: int, texts: Sequence[str], room: float
) -> tuple[list[ShotKind], list[float], list[str]]:
    """The shots before the end card, how long each is, and the captions there is time for: as many
    captions as can be, then as many shots as keep the film's pace."""
    pattern = _WITH_TURN if frames_count >= FEWEST_TO_SPIN else _WITHOUT
    paced = max(_FEWEST, min(len(pattern), round(room / _SHOT_S)))
    for count in range(min(len(texts), len(pattern)), -1, -1):
        for shots in range(max(count, paced), max(count, _FEWEST) - 1, -1):
            needed = _needed(pattern[:shots], texts[:count])
            spare = (room - sum(needed)) / shots
            if spare >= 0:
                return list(pattern[:shots]), [each + spare for each in needed], list(texts[:count])
    raise AssertionError("the fewest shots fit into the shortest film")


def _needed(kinds: Sequence[ShotKind], texts: Sequence[str]) -> list[float]:
    """The least time for each shot."""
    needed = [_LEAST_S[kind] for kind in kinds]
    for place, text in zip(_places(len(texts), len(kinds)), texts, strict=True):
        needed[place] = max(needed[place], _LEAD_S + reading_s(text) + _AFTER_S)
    return needed


def _places(captions: int, shots: int) -> list[int]:
    """Which shots have the captions: the first has one, and those without lie between."""
    return [number * shots // captions for number in range(captions)]


def _on_beats(lengths: Sequence[float], beat: int, whole: float) -> list[float]:
    """The lengths with every cut on the nearest half beat, and the end card for what is left."""
    half = beat / 200
    cuts = [round(cut / half) * half for cut in np.cumsum(lengths)]
    ends = [*cuts, whole]
    return [round(end - start, 4) for start, end in zip([0.0, *cuts], ends, strict=True)]


def _in_frames(lengths: Sequence[float]) -> list[float]:
    """The lengths with every cut, and the end, on a frame of 25 a second."""
    ends = [round(end * 25) / 25 for end in np.cumsum(lengths)]
    return [round(end - start, 4) for start, end in zip([0.0, *ends[:-1]], ends, strict=True)]


def _starts(lengths: Sequence[float]) -> list[float]:
    return [
        round(float(end - length), 4)
        for end, length in zip(np.cumsum(lengths), lengths, strict=True)
    ]


def _read(shots: Sequence[Shot], texts: Sequence[str]) -> tuple[Caption, ...]:
    """Captions that are read: on for all of their shot but its edges."""
    starts = _starts([shot.seconds for shot in shots])
    return tuple(
        Caption(
            text=texts[shot.caption],
            start_s=round(start + _LEAD_S, 4),
            end_s=round(start + shot.seconds - 0.04, 4),
        )
        for shot, start in zip(shots, starts, strict=True)
        if shot.caption is not None
    )


def _shots(
    kinds: Sequence[ShotKind],
    lengths: Sequence[float],
    texts: Sequence[str],
    rng: np.random.Generator,
) -> list[Shot]:
    captioned = {place: number for number, place in enumerate(_places(len(texts), len(kinds)))}
    seen: dict[ShotKind, int] = {}
    shots: list[Shot] = []
    for place, (kind, length) in enumerate(zip([*kinds, "card"], lengths, strict=True)):
        source = seen.get(kind, 0)
        seen[kind] = source + 1
        last = shots[-1] if shots else None
        shots.append(
            Shot(
                kind=kind,
                seconds=length,
                source=source,
                motion=_motion(kind, length, last, rng),
                caption=captioned.get(place),
                transition=_transition(kind, last, rng),
            )
        )
    return shots


def _transition(kind: ShotKind, last: Shot | None, rng: np.random.Generator) -> Transition:
    """How a shot takes over; never twice the same way in a row."""
    if last is None:
        return Transition()
    fit: tuple[TransitionKind, ...] = ("dissolve", "wipe", "slide", "zoom")
    if kind == "card":
        fit = ("dissolve", "wipe")
    fit = tuple(each for each in fit if each != last.transition.kind)
    chosen = fit[int(rng.integers(len(fit)))]
    return Transition(kind=chosen, seconds=_TRANSITION_S[chosen], towards=int(rng.integers(3)))


def _motion(kind: ShotKind, seconds: float, last: Shot | None, rng: np.random.Generator) -> Motion:
    """A slow move at much the same speed however long the shot is; it goes the other way than the
    last one of its kind did."""
    grows = 0.034 * seconds
    if kind == "spin":
        return Motion(start=View(), end=View(zoom=1 + 0.6 * grows))
    if kind == "card":
        return Motion(start=View(zoom=1 + 0.5 * grows), end=View())
    if kind == "close":
        return Motion(
            start=View(x=0.5, y=float(rng.choice([0.46, 0.54])), zoom=1.06),
            end=View(x=0.5, y=0.5, zoom=1.06 + grows),
        )
    way = int(rng.integers(4))
    if way == 0 or last is None:
        return Motion(start=View(zoom=1.02), end=View(zoom=1.02 + grows))
    if way == 1:
        return Motion(start=View(zoom=1.02 + grows), end=View(zoom=1.02))
    side = 0.012 * seconds * (1 if way == 2 else -1)
    return Motion(
        start=View(x=0.5 - side, zoom=1.08), end=View(x=0.5 + side, zoom=1.08 + 0.4 * grows)
    )
