"""The ladder: a file's own alpha, the key, GrabCut, IS-Net; what they agree on, and how sure it is.

Cheap rungs come first, and what is sure is not asked again: a key on a plain ground whose outline
follows the picture's edges is taken as it is, unless a second opinion is wanted. Where it is not
sure, GrabCut and, when its weights are there, IS-Net are asked too, and two that agree outvote one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from zhanggui.studio.cutting import edges, isnet, judging, key
from zhanggui.studio.cutting.cutout import Cutout
from zhanggui.studio.cutting.graph import grabbed
from zhanggui.studio.cutting.ground import Floats, Ground, Marks, ground_of, lab_of, shrunk
from zhanggui.studio.pictures import Pixels

_LONGEST = 1000
"""The key looks at a copy of at most this size; edges are refined on the picture itself."""
_PLAIN = 0.55
_BLACK = 64
_MARGIN = 0.35
_THE_SAME = 0.93
"""Overlap from which the key and IS-Net have found the same thing: the key's outline is finer."""


@dataclass(frozen=True)
class _Rung:
    method: str
    mask: Marks


def cut(
    frame: Pixels,
    alpha: Pixels | None = None,
    *,
    seed: int = 0,
    weights: Path | None = None,
    twice: bool = False,
) -> Cutout:
    """Cut the product out of a frame.

    `alpha` is the file's own, as :func:`pictures.read` gives it; `weights` are IS-Net's
    (:func:`weights.find`), asked only where the ground is not plain or the key not sure; `twice`
    asks them of every frame, for a key that has lost chrome or glass may well be sure. The same
    frame, seed and weights give the same bytes.
    """
    if alpha is not None and _says_something(alpha):
        return _by_own_alpha(frame, alpha)
    small = np.asarray(shrunk(frame, _LONGEST), dtype=np.uint8)
    lab = lab_of(small)
    ground = ground_of(lab)
    found = key.keyed(lab, ground)
    outline = mask = found.mask
    method, judged = "key", judging.UNKNOWN
    is_plain = ground.plainness >= _PLAIN
    if is_plain:
        outline = _on_edges(small, mask, lab, ground)
        judged = judging.by_key(found, outline, ground, lab)
    if not judged.is_sure or (twice and weights is not None):
        rungs, hesitation = _asked(small, mask if is_plain else None, seed, weights)
        salient = next((each.mask for each in rungs if each.method == "isnet"), None)
        if is_plain:
            rungs.append(_Rung("key", mask))
        if is_plain and salient is not None and _is_the_same(mask, salient, judged):
            mask, judged = _without_shade(mask, salient, lab, ground), judging.confirmed(judged)
            outline = _on_edges(small, mask, lab, ground)
        else:
            mask, method, judged = _agreed(rungs, judged, lab)
        if method == "isnet" and weights is not None and mask.any():
            closer = _found_closer(small, mask, weights)
            steady = judging.overlap(mask, closer)
            judged = judging.by_hesitation(judged, hesitation, steady)
    # What sees forms, not colours, has found the outline itself.
    return _finished(frame, mask, outline if method == "key" else mask, method, judged)


def _asked(
    small: Pixels, hint: Marks | None, seed: int, weights: Path | None
) -> tuple[list[_Rung], float]:
    """What the dearer rungs say, and of how much of its mask IS-Net was not sure."""
    if weights is None:
        return [_Rung("grabcut", grabbed(small, hint, seed=seed))], 0.0
    shares = isnet.saliency(small, weights)
    salient = key.tidied(shares > 0.5, least=0.02)
    hesitation = float(((shares > 0.15) & (shares < 0.85)).sum() / max(1, int(salient.sum())))
    guide = salient if salient.any() else hint
    rungs = [_Rung("grabcut", grabbed(small, guide, seed=seed)), _Rung("isnet", salient)]
    return rungs, hesitation


def _found_closer(small: Pixels, mask: Marks, weights: Path) -> Marks:
    """What IS-Net finds from closer by: GrabCut, which begins from what the net found the first
    time, cannot tell a plant behind a bottle from the bottle."""
    near = edges.bounds(mask, 0)
    side = max(near.right - near.left, near.bottom - near.top)
    box = edges.bounds(mask, round(_MARGIN * side))
    part = np.s_[box.top : box.bottom, box.left : box.right]
    found = np.zeros_like(mask)
    found[part] = isnet.saliency(np.ascontiguousarray(small[part]), weights) > 0.5
    return found


def _is_the_same(keyed: Marks, salient: Marks, judged: judging.Judged) -> bool:
    return judged.confidence >= judging.SURE and judging.overlap(keyed, salient) >= _THE_SAME


def _without_shade(keyed: Marks, salient: Marks, lab: Floats, ground: Ground) -> Marks:
    """The key's mask without what may be shadow and is not the net's."""
    same, shade, _ = key.likeness(lab, ground)
    near = cv2.dilate(salient.astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    return np.asarray(keyed & (near | ~(same | shade)))


def _agreed(
    rungs: Sequence[_Rung], judged: judging.Judged, lab: Floats
) -> tuple[Marks, str, judging.Judged]:
    """The rung that the others agree with most, IS-Net's before equals, and what that says."""
    rank = {"isnet": 2, "key": 1, "grabcut": 0}
    pairs = {
        rung.method: max(
            (judging.overlap(rung.mask, other.mask) for other in rungs if other is not rung),
            default=0.0,
        )
        for rung in rungs
    }
    best = max(rungs, key=lambda rung: (round(pairs[rung.method], 1), rank[rung.method]))
    return best.mask, best.method, judging.by_vote(best.method, best.mask, pairs, judged, lab)


def _finished(
    frame: Pixels, mask: Marks, outline: Marks, method: str, judged: judging.Judged
) -> Cutout:
    """The outline at the frame's size, soft and free of the ground's colour."""
    if not outline.any():
        empty = np.zeros(frame.shape[:2], np.uint8)
        return Cutout(frame.copy(), empty, 0.0, method, ("empty",))
    height, width = frame.shape[:2]
    whole = outline
    if whole.shape != (height, width):
        whole = cv2.resize(whole.astype(np.float32), (width, height)) > 0.5
    box = edges.bounds(whole, 12)
    part = np.s_[box.top : box.bottom, box.left : box.right]
    rgb, alpha = frame.copy(), np.zeros((height, width), np.uint8)
    rgb[part], alpha[part] = edges.softened(np.ascontiguousarray(frame[part]), whole[part])
    doubts = judged.doubts + judging.of_shape(alpha > 127) + judging.of_breaks(mask, alpha)
    return Cutout(rgb, alpha, round(judged.confidence, 4), method, tuple(dict.fromkeys(doubts)))


def _on_edges(small: Pixels, mask: Marks, lab: Floats, ground: Ground) -> Marks:
    """A key's mask brought onto the picture's edges."""
    if not mask.any():
        return mask
    box = edges.bounds(mask, 12)
    part = np.s_[box.top : box.bottom, box.left : box.right]
    seen = np.ascontiguousarray(small[part])
    found = edges.settled(seen, mask[part], lab[part], ground.lab[part])
    whole = np.zeros(mask.shape, dtype=bool)
    whole[part] = edges.trimmed(found, lab[part])
    return whole if whole.any() else mask


def _says_something(alpha: Pixels) -> bool:
    """Whether an alpha cuts anything out: some of it clear, some of it not."""
    clear = float((alpha < 128).mean())
    return 0.005 < clear < 0.999


def _by_own_alpha(frame: Pixels, alpha: Pixels) -> Cutout:
    alpha = _without_painted_shadow(frame, alpha)
    doubts = judging.of_shape(alpha > 127)
    return Cutout(frame.copy(), alpha, 0.99 if not doubts else 0.7, "alpha", doubts)


def _without_painted_shadow(frame: Pixels, alpha: Pixels) -> Pixels:
    """The alpha without the soft black that a cut-out from elsewhere often has under it: on a stage
    it would lie beneath the stage's own shadow. What is dark and sheer within the product stays."""
    core = (alpha > 160).astype(np.uint8)
    outlines, _ = cv2.findContours(core, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(core, outlines, -1, 1, cv2.FILLED)
    beyond = cv2.dilate(core, np.ones((5, 5), np.uint8)) == 0
    shadow = beyond & (alpha < 128) & (frame.max(axis=-1) < _BLACK)
    return np.where(shadow, 0, alpha).astype(np.uint8)
