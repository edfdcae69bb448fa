"""Scenes whose surroundings a model is to draw: what it is shown, and what becomes of its answer.

This step only leaves the pictures a model is to be shown; whoever can ask one lays its answers
beside them (`batches.generating`), and the step `scene` puts the product back into each. Where
nobody asks there is nothing to put it into.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from zhanggui.studio import pictures
from zhanggui.studio.making import standing
from zhanggui.studio.making.drawn import ASKED, DRAWN, STEP, Answered, Asked
from zhanggui.studio.making.standing import Shown, chosen, composed, kept
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable
from zhanggui.studio.pictures import Size
from zhanggui.studio.scenes.generated import put_back

__all__ = ["STEP", "ask", "restored", "scenes"]


def ask(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """Leave the embedded scenes out of which a model makes others."""
    for number, shown in _embedded(work):
        name = f"{ASKED}/{number:02d}.png"
        work.folder.write(name, pictures.encoded(shown.scene.picture, "png"))
        asked = Asked(picture=name, stage=shown.stage.id, place=shown.stage.zh)
        work.folder.write(f"{ASKED}/{number:02d}.json", asked.model_dump_json().encode())
    return (), ()


def scenes(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """The embedded scenes, and after them those that a model drew, where they can be trusted."""
    embedded, _ = standing.scenes(work)
    made, doubts = list(embedded), []
    for found in restored(work):
        if isinstance(found, str):
            doubts.append(found)
        else:
            shown, model = found
            made.append(kept(work, shown, len(made) + 1, model))
    return made, doubts


def restored(work: Work) -> Iterator[tuple[Shown, str] | str]:
    """Each drawn scene with the product back in it and the model that drew it; for one that cannot
    be trusted, why not."""
    if not work.plan.generated:
        return
    for number, shown in _embedded(work):
        path = work.folder.path / DRAWN / f"{number:02d}.png"
        if not path.is_file():
            continue
        answered = Answered.model_validate_json(path.with_suffix(".json").read_bytes())
        found = put_back(pictures.read(path)[0], shown.scene)
        if found.scene is None:
            yield f"{Path(DRAWN) / path.name}: {found.why}"
        else:
            yield Shown(shown.stage, found.scene), answered.model


def _embedded(work: Work) -> Iterator[tuple[int, Shown]]:
    cutout, size = work.cutout(work.views.hero), Size(*work.plan.scene_size)
    for number, stage in enumerate(chosen(work, cutout, work.plan.generated), 1):
        yield number, composed(work, stage, size)
