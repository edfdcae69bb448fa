"""The first step: look the frames over, choose the views and cut them out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio import pictures
from zhanggui.studio.cutting import AS_IT_IS, UNUSED, Cutout, study
from zhanggui.studio.making.work import (
    VIEWS,
    CutView,
    Views,
    Work,
    cutout_bytes,
    cutout_path,
    mask_bytes,
    mask_path,
)
from zhanggui.studio.manifest import Deliverable
from zhanggui.studio.pictures import Pixels

MOST_DETAILS = 3
_CORRECTED = ".corrected"
_REPEATED = "duplicate"
"""Nothing is amiss with a frame that looks like another."""
_NOTHING_THERE = Text("没有一张底图能用", "none of the base pictures can be used")
_SEND_BETTER = Text(
    "请重拍：商品完整入镜、对焦清楚、背景干净",
    "take them again: the whole product in view, in focus, on a clean ground",
)


def prepare(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """Leave the views' cut-outs and masks; no deliverable is made yet.

    Raises Invalid when none of the frames shows a product.
    """
    frames, unread = _read(work)
    if not frames:
        raise Invalid(_NOTHING_THERE, hint=_SEND_BETTER, where=work.source.sku)
    found = study(frames)
    cuts = []
    method = None
    for name in (found.hero, *found.details[:MOST_DETAILS]):
        cuts.append(_cut(work, name, method))
        method = cuts[0].method
    views = Views(
        hero=found.hero,
        details=tuple(found.details[:MOST_DETAILS]),
        order=tuple(found.order),
        dropped=dict(found.dropped),
        gains={name: gains for name, gains in found.gains.items() if gains != AS_IT_IS},
        scales={name: scale for name, scale in found.scales.items() if scale != 1},
        cuts=tuple(cuts),
    )
    work.folder.write(VIEWS, (views.model_dump_json(indent=2) + "\n").encode())
    doubts = [f"{each.frame}: {doubt}" for each in cuts for doubt in each.doubts]
    doubts += [f"{name}: {UNUSED}unreadable" for name in unread]
    for name, why in found.dropped.items():
        if why != _REPEATED:
            # Where no frame is good the best of the bad is the hero all the same.
            doubts.append(f"{name}: {'' if name == found.hero else UNUSED}{why}")
    return (), doubts


def _read(work: Work) -> tuple[list[tuple[str, Pixels]], list[str]]:
    """The frames with their names, what is clear in them white, and the names of those that cannot
    be read: one torn file in a turn of thirty-six costs that view alone."""
    found, unread = [], []
    for path in work.source.frames:
        try:
            found.append((path.name, _on_white(*pictures.read(path))))
        except Invalid:
            unread.append(path.name)
    return found, unread


def _on_white(rgb: Pixels, alpha: Pixels | None) -> Pixels:
    """What lies under clear pixels is anything, often black."""
    if alpha is None:
        return rgb
    share = alpha[..., None].astype(np.float32) / 255
    return np.asarray(np.round(rgb * share + 255 * (1 - share)), dtype=np.uint8)


def _cut(work: Work, name: str, method: str | None) -> CutView:
    """Cut one frame out and keep mask and cut-out; a mask that a person drew is taken as it is."""
    drawn = _drawn(work, name)
    made = work.cut(name, drawn, method=method)
    if drawn is not None:
        made = Cutout(made.rgb, made.alpha, 1.0, "person")
    work.folder.write(cutout_path(name), cutout_bytes(made))
    if drawn is None:
        work.folder.write(mask_path(name), mask_bytes(made.alpha))
    return CutView(
        frame=name,
        mask=mask_path(name),
        method=made.method,
        confidence=round(made.confidence, 4),
        doubts=made.doubts,
    )


def _drawn(work: Work, name: str) -> Pixels | None:
    """The mask a person drew for a frame, if there is one."""
    path = work.folder.path / mask_path(name)
    if not path.with_suffix(_CORRECTED).is_file():
        return None
    with Image.open(path) as opened:
        return np.ascontiguousarray(np.asarray(opened.convert("L"), dtype=np.uint8))


def files(views: Views) -> tuple[str, ...]:
    """What this step leaves in the folder for others to use."""
    return (VIEWS, *(cutout_path(each.frame) for each in views.cuts))
