"""The scenes of a product: its hero on one stage after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.studio import stages
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.likeness import distance, perceptual_hash
from zhanggui.studio.making.finishing import finished
from zhanggui.studio.making.posing import poses
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable
from zhanggui.studio.pictures import Size
from zhanggui.studio.scenes.composing import Scene, compose
from zhanggui.studio.stages import Stage


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


def composed(work: Work, stage: Stage, size: Size) -> Shown:
    """The hero on a stage. A colour variant gets the same crop and size, for the seed is the
    product's."""
    cutout = work.cutout(work.views.hero)
    seed = work.seed("grain", stage.id)
    return Shown(stage, compose(cutout, stage, stages.plate(stage), size, seed=seed))


def scenes(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """A scene on each stage of the plan. Where several styles are shown, one that comes out too
    much like another gives way to the next stage."""
    hero, plan = work.views.hero, work.plan
    size = Size(*plan.scene_size)
    count = len(plan.styles) * plan.per_style if plan.styles else plan.scenes
    spare = 0 if plan.styles else _SPARE
    candidates = chosen(work, work.cutout(hero), count + spare)
    shown = _unlike([composed(work, each, size) for each in candidates[:count]], [])
    for stage in candidates[count:]:
        if len(shown) == count:
            break
        shown = _unlike([composed(work, stage, size)], shown)
    left = [each for each in candidates if each.id not in {one.stage.id for one in shown}]
    shown += [composed(work, each, size) for each in left[: count - len(shown)]]
    return [_kept(work, each, number) for number, each in enumerate(shown, 1)], ()


_SPARE = 6
_LEAST_BITS = 12


def _unlike(several: Sequence[Shown], before: list[Shown]) -> list[Shown]:
    """`before` and those of several that differ from all of them by enough bits of their hashes."""
    kept = list(before)
    hashes = [perceptual_hash(each.scene.picture) for each in kept]
    for each in several:
        found = perceptual_hash(each.scene.picture)
        if all(distance(found, other) >= _LEAST_BITS for other in hashes):
            kept.append(each)
            hashes.append(found)
    return kept


def _kept(work: Work, shown: Shown, number: int) -> Deliverable:
    hero, scene = work.views.hero, shown.scene
    path = f"scenes/{number:02d}-{shown.stage.id}.jpg"
    data = finished(scene.picture, work.facts, taken=[scene.box])
    return Deliverable(
        kind="scene",
        path=path,
        sha256=work.folder.write(path, data),
        size=work.plan.scene_size,
        style=shown.stage.style,
        plate=shown.stage.id,
        source=hero,
        mask=work.views.cut(hero).mask,
        affine=scene.affine,
        box=scene.box,
    )
