"""The stages that ship with the program, their plates, and which suit a product."""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter

from zhanggui.base.errors import NotFound, not_found
from zhanggui.base.words import Text
from zhanggui.studio import pictures
from zhanggui.studio.pictures import Pixels
from zhanggui.studio.stages.stage import Stage, StageKind

STAGE = Text("场景底板", "stage")
_PLATES = Path(__file__).parent / "plates"
_FITS = 0.62
"""A podium is wide enough for a product when its top, by the plate's width, is at least this much
of what the product would take there if it filled the safe area's height."""


@lru_cache(maxsize=1)
def stages() -> tuple[Stage, ...]:
    """Every stage, by id."""
    found = TypeAdapter(tuple[Stage, ...]).validate_json((_PLATES / "plates.json").read_bytes())
    return tuple(sorted(found, key=lambda each: each.id))


def stage(name: str) -> Stage:
    """The stage of an id; raises NotFound."""
    for each in stages():
        if each.id == name:
            return each
    raise _no_stage(name)


def _no_stage(name: str) -> NotFound:
    return not_found(STAGE, name)


def styles() -> tuple[str, ...]:
    """The styles there are, by name."""
    return tuple(sorted({each.style for each in stages()}))


def plate_path(stage: Stage) -> Path:
    """Where a stage's picture lies."""
    return _PLATES / stage.file


@lru_cache(maxsize=12)
def plate(stage: Stage) -> Pixels:
    """A stage's picture. Whoever gets it must not write into it: it is shared."""
    found, _ = pictures.read(plate_path(stage))
    found.setflags(write=False)
    return found


def pick(
    among: Sequence[Stage],
    *,
    styles: Sequence[str] = (),
    kinds: Sequence[StageKind] = ("standing",),
    count: int,
    aspect: float,
    seed: int,
    without: Collection[str] = (),
) -> list[Stage]:
    """`count` stages for a product of an aspect (width by height): as many styles as can be, in the
    order of `styles` where they are named, and podiums that are wide enough before narrow ones.

    `kinds` are in order of preference; the first that any stage has decides, and others fill up.
    `without` names stages and styles that are not wanted. With fewer stages than `count` some come
    again, each only after all others did.
    """
    fit = [
        each
        for each in among
        if each.kind in kinds
        and each.id not in without
        and each.style not in without
        and (not styles or each.style in styles)
    ]
    if not fit:
        return []
    chance = random.Random(seed)  # noqa: S311 # Nothing secret: the same seed, the same stages.
    drawn = {each.id: chance.random() for each in sorted(fit, key=lambda each: each.id)}

    def rank(each: Stage) -> tuple[int, bool, float]:
        return kinds.index(each.kind), not _is_wide_enough(each, aspect), drawn[each.id]

    return _by_turns(sorted(fit, key=rank), styles, count)


def _by_turns(fit: Sequence[Stage], styles: Sequence[str], count: int) -> list[Stage]:
    """One of each style, then the second of each, and so on; all again when all are used. Styles
    that are not named come as their best stages do."""
    by_style: dict[str, list[Stage]] = {}
    for each in fit:
        by_style.setdefault(each.style, []).append(each)
    order = [style for style in styles if style in by_style] or list(by_style)
    rounds = max(len(each) for each in by_style.values())
    whole = [
        by_style[style][turn]
        for turn in range(rounds)
        for style in order
        if turn < len(by_style[style])
    ]
    return [whole[number % len(whole)] for number in range(count)]


def _is_wide_enough(stage: Stage, aspect: float) -> bool:
    if stage.podium is None:
        return True
    tall = (stage.stand[1] - stage.safe[1]) * stage.height
    return stage.podium.width * stage.width >= _FITS * min(tall * aspect, 0.64 * stage.width)
