"""The scenes of a product: its hero on one stage after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from zhanggui.studio import stages
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.likeness import distance, perceptual_hash
from zhanggui.studio.making.finishing import finished, marked
from zhanggui.studio.making.posing import poses
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable
from zhanggui.studio.pictures import Box, Size
from zhanggui.studio.scenes.composing import Scene, compose
from zhanggui.studio.stages import Stage

Framing: TypeAlias = tuple[float, float, float, float] | None
"""Where in a scene the product is to be, as shares of its sides; None is the stage's own place."""

_FRAMINGS: tuple[Framing, ...] = (
    None,
    (0.05, 0.2, 0.67, 0.82),
    (0.33, 0.2, 0.95, 0.82),
    (0.26, 0.34, 0.74, 0.8),
)
_SPARE = 30
_LEAST_BITS = 14
"""By how many bits of 64 the hashes of two scenes differ; JPEG may take one or two again."""


@dataclass(frozen=True)
class Shown:
    """A scene with its stage, before it is marked and encoded."""

    stage: Stage
    scene: Scene


def chosen(work: Work, cutout: Cutout, count: int | None = None) -> list[Stage]:
    """The stages of the plan for a product of this shape; `count` of them, or as many as the plan
    has scenes."""
    plan = work.plan
    if count is None:
        count = len(plan.styles) * plan.per_style if plan.styles else plan.scenes
    box = cutout.box
    return stages.pick(
        stages.stages(),
        styles=plan.styles,
        kinds=poses(work.facts),
        count=count,
        aspect=box.width / max(box.height, 1),
        seed=work.seed("stages"),
        without=plan.without,
    )


def composed(work: Work, stage: Stage, size: Size, framing: Framing = None) -> Shown:
    """The hero on a stage. A colour variant gets the same crop and size, for the seed is the
    product's."""
    cutout = work.cutout(work.views.hero)
    seed = work.seed("grain", stage.id)
    within = _within(framing, size) if framing else None
    return Shown(stage, compose(cutout, stage, stages.plate(stage), size, seed=seed, within=within))


def _within(framing: tuple[float, float, float, float], size: Size) -> Box:
    left, top, right, bottom = framing
    return Box(
        round(left * size.width),
        round(top * size.height),
        round(right * size.width),
        round(bottom * size.height),
    )


def scenes(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """A scene for each that the plan has.

    No two may look alike at a glance: of a style another of its stages is tried, then the product
    more to one side or further off; where no style is named, another style. What remains alike is
    taken as it is.
    """
    plan, size = work.plan, Size(*work.plan.scene_size)
    cutout = work.cutout(work.views.hero)
    count = len(plan.styles) * plan.per_style if plan.styles else plan.scenes
    shown: list[Shown] = []
    tried: dict[str, Shown] = {}
    for stage in chosen(work, cutout, count + _SPARE):
        if len(shown) == count:
            break
        full = sum(each.stage.style == stage.style for each in shown) >= plan.per_style
        if stage.id in tried or (plan.styles and full):
            continue
        found = _unlike(work, stage, size, shown)
        tried[stage.id] = found or composed(work, stage, size)
        if found is not None:
            shown.append(found)
    used = {each.stage.id for each in shown}
    left = [each for name, each in tried.items() if name not in used]
    shown += _filling(left, shown, work)[: count - len(shown)]
    return [kept(work, each, number) for number, each in enumerate(shown, 1)], ()


def _filling(left: Sequence[Shown], shown: Sequence[Shown], work: Work) -> list[Shown]:
    """What is left, first of styles that are not full yet."""
    per_style = work.plan.per_style

    def is_full(each: Shown) -> bool:
        return sum(one.stage.style == each.stage.style for one in shown) >= per_style

    return sorted(left, key=is_full)


def _unlike(work: Work, stage: Stage, size: Size, shown: Sequence[Shown]) -> Shown | None:
    """The hero on a stage in the first framing that differs from all that is shown."""
    before = [_hash(each.scene) for each in shown]
    for framing in _FRAMINGS:
        found = composed(work, stage, size, framing)
        one = _hash(found.scene)
        if all(distance(one, other) >= _LEAST_BITS for other in before):
            return found
    return None


def _hash(scene: Scene) -> int:
    """Of the picture as it is seen: the mark in its corner makes pictures more alike."""
    return perceptual_hash(marked(scene.picture, [scene.box]))


def kept(work: Work, shown: Shown, number: int, model: str | None = None) -> Deliverable:
    """A scene's file and entry; `model` is who drew its surroundings in the plate's place."""
    hero, scene = work.views.hero, shown.scene
    path = f"scenes/{number:02d}-{'generated-' if model else ''}{shown.stage.id}.jpg"
    data = finished(scene.picture, work.facts, taken=[scene.box])
    return Deliverable(
        kind="scene",
        path=path,
        sha256=work.folder.write(path, data),
        size=work.plan.scene_size,
        style="generated" if model else shown.stage.style,
        plate=None if model else shown.stage.id,
        models=(model,) if model else (),
        source=hero,
        mask=work.views.cut(hero).mask,
        affine=scene.affine,
        box=scene.box,
    )
