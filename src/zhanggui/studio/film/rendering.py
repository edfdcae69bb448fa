"""A storyboard made into a film."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from zhanggui.ai.marking import visible
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.film import grounds, music, wording
from zhanggui.studio.film.details import details
from zhanggui.studio.film.encoding import SAMPLE_RATE, Sound, Writer
from zhanggui.studio.film.generated import Footage
from zhanggui.studio.film.mixing import mixed
from zhanggui.studio.film.planes import Layer, Planes, lay, planes, rgb
from zhanggui.studio.film.planning import FEWEST_TO_SPIN, spoken
from zhanggui.studio.film.storyboard import Shot, Storyboard
from zhanggui.studio.film.takes import Card, Spin, Still, Take, close_up, filling
from zhanggui.studio.film.timing import pages, shared
from zhanggui.studio.film.transitions import taken_over
from zhanggui.studio.film.voice import Voice
from zhanggui.studio.pictures import Box, Pixels, Size

_FADE_IN, _FADE_OUT = 0.24, 0.12
_CARD_STEP_S = 0.14
_FEWEST_FPS, _MOST_FPS = 12, 60
_SMALLEST = 240


@dataclass(frozen=True)
class Shown:
    """A text that is seen: its pixels, its least contrast, and from when to when, in seconds."""

    text: str
    slot: str
    box: Box
    contrast: float
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Film:
    """A film that was made: the file, what was filmed (retimed, if a voice speaks), the texts in it
    and a picture for its cover."""

    path: Path
    seconds: float
    size: Size
    storyboard: Storyboard
    texts: tuple[Shown, ...]
    cover: Pixels


def render(
    plan: Storyboard,
    *,
    frames: Sequence[Cutout],
    scenes: Sequence[Pixels] = (),
    size: Size,
    out: Path,
    fps: int = 25,
    voice: Voice | None = None,
    generated: Sequence[Path] = (),
    hero: int = 0,
) -> Film:
    """Make the film and write it to `out`; the same arguments give the same bytes.

    `frames` are a whole turn in order or single views, `hero` the number of the one that shows the
    product best; `scenes` are finished pictures, `generated` the files of generated shots. The film
    begins with the mark for AI content that people see, and has it over generated shots; the mark
    for machines is written by :func:`~zhanggui.studio.film.finish`. Raises Invalid without a frame,
    for an odd or too small size, and for a voice that does not fit.
    """
    _checked(frames, size, fps)
    size = Size(*size)
    if voice is not None:
        plan = spoken(plan, voice)
    shooting = _Shooting(plan, frames, scenes, size, fps, generated, hero)
    overlays = _overlays(plan, size, shooting.ground)
    sound = _track(plan, voice)
    with Writer(out, size, fps) as writer:
        for number, picture in enumerate(shooting.pictures()):
            for overlay in overlays:
                lay(picture, overlay.layer, *overlay.corner, opacity=overlay.opacity(number / fps))
            writer.show(picture)
            writer.sound(sound[:, _sample(number, fps) : _sample(number + 1, fps)])
    return Film(
        path=out,
        seconds=shooting.count / fps,
        size=size,
        storyboard=plan,
        texts=tuple(
            replace(each.shown, end_s=min(each.shown.end_s, plan.seconds)) for each in overlays
        ),
        cover=_cover(plan, shooting, size),
    )


class _Shooting:
    """The shots, each set up when the film comes to it and struck when it has passed."""

    def __init__(
        self,
        plan: Storyboard,
        frames: Sequence[Cutout],
        scenes: Sequence[Pixels],
        size: Size,
        fps: int,
        generated: Sequence[Path],
        hero: int,
    ) -> None:
        self._plan, self._frames, self._scenes = plan, frames, scenes
        self._size, self._fps, self._generated, self._hero = size, fps, generated, hero
        colour = grounds.tint(frames[hero], plan.seed)
        self.ground = grounds.cove(size, colour, np.random.default_rng((plan.seed, 1)))
        self._plain = planes(self.ground)
        self._starts = [round(start * fps) for start in plan.starts()]
        self.count = round(plan.seconds * fps)

    def pictures(self) -> Iterator[Planes]:
        """Every frame of the film in order, without words."""
        before: tuple[Take, int, int] | None = None
        for place, shot in enumerate(self._plan.shots):
            start, end, tail = self._spans(place)
            take = self.take(shot)
            length = max(1, tail - start)
            over = round(shot.transition.seconds * self._fps) if before else 0
            for number in range(start, end):
                picture = take.at(number - start, (number - start) / length)
                if before is not None and number - start < over:
                    old, began, lasts = before
                    left = old.at(number - began, (number - began) / lasts)
                    progress = (number - start + 1) / (over + 1)
                    towards = shot.transition.towards
                    picture = taken_over(shot.transition.kind, towards, left, picture, progress)
                else:
                    before = None
                yield picture
            before = take, start, length

    def _spans(self, place: int) -> tuple[int, int, int]:
        """A shot's first frame, the next one's first, and the first it is not seen in any more."""
        if place + 1 == len(self._starts):
            return self._starts[place], self.count, self.count
        end = self._starts[place + 1]
        over = round(self._plan.shots[place + 1].transition.seconds * self._fps)
        return self._starts[place], end, end + over

    def take(self, shot: Shot) -> Take:
        """A shot set up."""
        if shot.kind == "generated" and self._generated:
            path = self._generated[shot.source % len(self._generated)]
            return Footage(path, self._size, self._fps)
        if shot.kind == "card":
            return Card(self._frames[self._hero], self._plain, shot.motion, wording.CARD_FOOT)
        if shot.kind == "close":
            return Still(self._close(shot.source), shot.motion)
        if shot.kind == "spin" or not self._scenes:
            return self._spin(shot)
        scene = self._scenes[shot.source % len(self._scenes)]
        return Still(planes(filling(scene, self._size)), shot.motion)

    def _spin(self, shot: Shot) -> Take:
        turning = shot.kind == "spin" and len(self._frames) >= FEWEST_TO_SPIN
        frames = self._frames if turning else [self._frames[self._hero]]
        return Spin(
            frames,
            self._plain,
            shot.motion,
            fps=self._fps,
            first=self._hero if turning else 0,
            backwards=shot.source % 2 == 1,
        )

    def _close(self, source: int) -> Planes:
        """A detail: the first of the hero, the next of a view an eighth of a turn on."""
        views = len(self._frames)
        view = (self._hero + (source % 2) * max(1, views // 8)) % views
        count = source + 1 if views == 1 else source // 2 + 1
        box = details(self._frames[view], self._size, count)[-1]
        return close_up(self._frames[view], box, self._plain)


@dataclass(frozen=True)
class _Overlay:
    """A layer that fades in and out at its times."""

    layer: Layer
    shown: Shown
    fades: bool = True

    @property
    def corner(self) -> tuple[int, int]:
        return self.shown.box.left, self.shown.box.top

    def opacity(self, at: float) -> float:
        """How much of it is seen at a time."""
        start, end = self.shown.start_s, self.shown.end_s
        if not start <= at < end:
            return 0.0
        if not self.fades:
            return 1.0
        # The first frame shows something, the last does not linger.
        return min(1.0, (at - start + 0.04) / _FADE_IN, (end - at) / _FADE_OUT)


def _overlays(plan: Storyboard, size: Size, ground: Pixels) -> list[_Overlay]:
    overlays = []
    for caption in plan.captions:
        texts = pages(caption.text, wording.PAGE)
        for text, (start, end) in zip(
            texts, shared(texts, caption.start_s, caption.end_s), strict=True
        ):
            overlays.append(_overlay(wording.caption(text, size), "caption", start, end))
    card = plan.starts()[-1] + plan.shots[-1].transition.seconds * 0.6
    for number, words in enumerate(wording.card(plan, size, ground)):
        start = card + number * _CARD_STEP_S
        overlays.append(_overlay(words, "card", start, plan.seconds + 1))
    return overlays + [_badge(size, start, end) for start, end in _marked(plan)]


def _overlay(words: wording.Words, slot: str, start: float, end: float) -> _Overlay:
    return _Overlay(words.layer(), Shown(words.text, slot, words.box, words.contrast, start, end))


def _marked(plan: Storyboard) -> list[tuple[float, float]]:
    """When the mark is seen: as the film begins, and over what a model generated."""
    times = [(0.0, visible.SECONDS)]
    for shot, start in zip(plan.shots, plan.starts(), strict=True):
        if shot.kind == "generated":
            times.append((max(start, visible.SECONDS), start + shot.seconds + 0.5))
    return times


def _badge(size: Size, start: float, end: float) -> _Overlay:
    """The mark for people, at the upper left of where no channel has anything of its own."""
    badge = np.asarray(visible.badge(*size).image, dtype=np.uint8)
    even = np.zeros(
        (badge.shape[0] + badge.shape[0] % 2, badge.shape[1] + badge.shape[1] % 2, 4), np.uint8
    )
    even[: badge.shape[0], : badge.shape[1]] = badge
    free = wording.safe(size)
    words = wording.Words(visible.WORDS, even, free.left, free.top, wording.OVER_WHITE)
    shown = Shown(words.text, "mark", words.box, words.contrast, start, end)
    return _Overlay(words.layer(), shown, fades=False)


def _track(plan: Storyboard, voice: Voice | None) -> Sound:
    """Music for the whole film, and the voice over it."""
    mood = music.MOODS[plan.mood]
    piece = music.compose(mood, plan.seconds, np.random.default_rng((plan.seed, 2)))
    parts = (
        []
        if voice is None
        else [(caption.start_s, voice.part(number)) for number, caption in enumerate(plan.captions)]
    )
    return mixed(music.play(piece), parts)


def _cover(plan: Storyboard, shooting: _Shooting, size: Size) -> Pixels:
    """The film's first picture with the product's name and price."""
    first = shooting.take(plan.shots[0]).at(0, 0.0)
    for words in wording.title(plan, size):
        lay(first, words.layer(), words.x, words.y)
    return rgb(first)


def _sample(number: int, fps: int) -> int:
    return number * SAMPLE_RATE // fps


def _checked(frames: Sequence[Cutout], size: Size, fps: int) -> None:
    if not frames:
        raise Invalid(
            Text("没有商品图，做不了视频", "Without a picture of the product there is no video"),
            hint=Text("请先抠出至少一张商品图。", "Cut out one picture of it first."),
            where="frames",
        )
    if size[0] % 2 or size[1] % 2 or min(size) < _SMALLEST:
        raise Invalid(
            Text("视频尺寸不合适", "This is no size for a video"),
            hint=Text("请用 720×1280 或 1080×1920。", "Use 720×1280 or 1080×1920."),
            where="size",
        )
    if not _FEWEST_FPS <= fps <= _MOST_FPS:
        raise Invalid(
            Text("帧率要在 12 到 60 之间", "A video has 12 to 60 frames a second"),
            hint=Text("请用 25。", "Use 25."),
            where="fps",
        )
