"""The scenes of a product: its hero on one stage after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhanggui.studio import stages
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.making.finishing import finished
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable
from zhanggui.studio.pictures import Size
from zhanggui.studio.scenes.composing import compose
from zhanggui.studio.stages import Stage


def scenes(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """A scene on each stage of the plan."""
    return list(_scenes(work)), ()


def chosen(work: Work, cutout: Cutout) -> list[Stage]:
    """The stages of the plan for a product of this shape."""
    plan = work.plan
    count = len(plan.styles) * plan.per_style if plan.styles else plan.scenes
    box = cutout.box
    return stages.pick(
        stages.stages(),
        styles=plan.styles,
        count=count,
        aspect=box.width / max(box.height, 1),
        seed=work.seed("stages"),
    )


def _scenes(work: Work) -> Iterator[Deliverable]:
    hero = work.views.hero
    cutout = work.cutout(hero)
    size = Size(*work.plan.scene_size)
    for number, stage in enumerate(chosen(work, cutout), 1):
        made = compose(cutout, stage, stages.plate(stage), size, seed=work.seed("grain", stage.id))
        path = f"scenes/{number:02d}-{stage.id}.jpg"
        yield Deliverable(
            kind="scene",
            path=path,
            sha256=work.folder.write(path, finished(made.picture, work.facts, taken=[made.box])),
            size=size,
            style=stage.style,
            plate=stage.id,
            source=hero,
            mask=work.views.cut(hero).mask,
            affine=made.affine,
            box=made.box,
        )
