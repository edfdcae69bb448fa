"""The scenes of a product: its hero on one stage after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.studio import stages
from zhanggui.studio.cutting import Cutout
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
    """A scene on each stage of the plan."""
    hero = work.views.hero
    size = Size(*work.plan.scene_size)
    made = []
    for number, stage in enumerate(chosen(work, work.cutout(hero)), 1):
        scene = composed(work, stage, size).scene
        path = f"scenes/{number:02d}-{stage.id}.jpg"
        data = finished(scene.picture, work.facts, taken=[scene.box])
        made.append(
            Deliverable(
                kind="scene",
                path=path,
                sha256=work.folder.write(path, data),
                size=size,
                style=stage.style,
                plate=stage.id,
                source=hero,
                mask=work.views.cut(hero).mask,
                affine=scene.affine,
                box=scene.box,
            )
        )
    return made, ()
