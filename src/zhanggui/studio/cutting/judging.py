"""How sure a mask is, and what makes it doubtful.

A good mask's outline runs along edges of the picture; one that leaked or was torn runs through
smooth places. That, how far the methods agree and how much the product stands out from its ground
make the confidence. Its curves and the limits of doubts were set by eye on a few pictures;
`bench/cutting.py` says how many good masks they flag and how many bad ones they pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from zhanggui.studio.cutting.ground import Floats, Ground, Marks
from zhanggui.studio.cutting.key import Keyed, edge_strength, support_of
from zhanggui.studio.pictures import Pixels

SURE = 0.75
_OF_TWO_MINDS, _STEADY = 0.09, 0.88
_OF_ONE_MIND, _FIRM = 0.06, 0.95
_FOLLOWS = 0.92
"""The least share of a good mask's outline that lies on edges."""
_CLEAR_EDGE, _CLEARLY = 1.5, 0.9
_TELLING_EDGE = 2.5
"""Change of colour in Lab over two pixels."""
_SCALES, _SHARP = (1.2, 3.0), 1.3
"""Blurred by sigmas of so many pixels, a shadow's edge stays nearly as strong as it was."""
_BESIDE, _GAP_PX = 0.25, 8
"""How far from a mask, by its larger side, what was left out of it may lie, and how near not."""
_LASTING = 0.08
"""Length by the mask's larger side from which an edge is one of a thing, not of the ground."""
_LEFT_OUT = 0.15
_SCATTERED, _FEW = 0.85, 3


@dataclass(frozen=True)
class Judged:
    """A confidence from 0 to 1 and the doubts."""

    confidence: float
    doubts: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether nobody else need be asked."""
        return not self.doubts and self.confidence >= SURE


UNKNOWN = Judged(0.0, ("busy_ground",))
_OF_THE_KEY = (
    "left_out",
    "scattered",
    "white_on_white",
    "low_contrast",
    "touches_edge",
    "fills_frame",
)
"""What is wrong with the key's mask and need not be with another."""


def overlap(one: Marks, other: Marks) -> float:
    """Intersection over union; 0 for two empty masks."""
    union = int((one | other).sum())
    return float((one & other).sum() / union) if union else 0.0


def by_key(found: Keyed, outline: Marks, ground: Ground, lab: Floats) -> Judged:
    """What the key's own edges say, and what lies beside the outline that was made of it."""
    if not found.mask.any():
        return Judged(0.0, ("empty",))
    confidence = _rising(found.support, 0.9, 0.015) * _rising(ground.plainness, 0.6, 0.02)
    doubts = []
    if found.support < _FOLLOWS:
        if found.seen_through > 0:
            doubts.append("glass")
        if found.contrast < 0.6:
            is_light = float(ground.lab[..., 0].mean()) > 75
            doubts.append("white_on_white" if is_light else "low_contrast")
        if not doubts:
            doubts.append("weak_edges")
    if float(found.mask.mean()) < 0.002:
        doubts.append("tiny")
    fine, soft = (
        edge_strength(np.asarray(cv2.GaussianBlur(lab, (0, 0), sigma), dtype=np.float32))
        for sigma in _SCALES
    )
    if support_of(outline, fine, _CLEAR_EDGE) < _CLEARLY and not doubts:
        doubts.append("weak_edges")
    sharp = np.asarray((fine > _TELLING_EDGE) & (fine > _SHARP * soft))
    if _beside(outline, sharp) > _LEFT_OUT:
        doubts.append("left_out")
    if _is_scattered(found.mask):
        doubts.append("scattered")
    return Judged(confidence, (*doubts, *of_shape(found.mask)))


def _beside(mask: Marks, sharp: Marks) -> float:
    """The length of long edges beside a mask, by that of its own outline: a key loses what has its
    ground's colour, such as chrome, glass or a white sole, but seldom the edges within it and
    around it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return 0.0
    side = max(rows[-1] - rows[0], columns[-1] - columns[0]) + 1
    away = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3)
    beside = (away > _GAP_PX) & (away < _BESIDE * side) & sharp
    _, _, stats, _ = cv2.connectedComponentsWithStats(beside.astype(np.uint8), connectivity=8)
    longest = np.maximum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    outline = mask & ~cv2.erode(
        mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1
    ).astype(bool)
    lasting = stats[1:, cv2.CC_STAT_AREA][longest >= _LASTING * side].sum()
    return float(lasting / max(1, outline.sum()))


def _is_scattered(mask: Marks) -> bool:
    """Whether a mask is several pieces of which none is nearly all of it."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    areas = stats[1:, cv2.CC_STAT_AREA]
    return bool(areas.size >= _FEW and areas.max() < _SCATTERED * areas.sum())


def confirmed(before: Judged) -> Judged:
    """What is left of the doubts where a net that sees forms has found the same."""
    gone = ("weak_edges", *_OF_THE_KEY)
    doubts = tuple(each for each in before.doubts if each not in gone)
    return Judged(before.confidence, doubts)


def by_vote(
    method: str, mask: Marks, agreement: dict[str, float], before: Judged, lab: Floats
) -> Judged:
    """What the other methods and the picture's edges say of the mask that was taken."""
    if not mask.any():
        return Judged(0.0, ("empty",))
    smooth = np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.2), dtype=np.float32)
    support = support_of(mask, edge_strength(smooth), 1.5)
    agreed = agreement[method]
    confidence = _rising(agreed, 0.88, 0.025) * _rising(support, 0.8, 0.04)
    if method == "key":
        confidence = max(confidence * 0.9, before.confidence)
    doubts = [each for each in before.doubts if each not in ("busy_ground", "weak_edges")]
    if method == "isnet" and agreed > 0.9:
        doubts = [each for each in doubts if each not in _OF_THE_KEY]
    if agreed < 0.88:
        doubts.append("methods_disagree")
    if "isnet" not in agreement and method == "grabcut":
        doubts.append("busy_ground")
    if support < 0.75:
        doubts.append("weak_edges")
    return Judged(confidence, tuple(doubts))


def by_hesitation(before: Judged, share: float, steady: float) -> Judged:
    """A net that is of two minds about a tenth of its mask, or that finds another thing from closer
    by (`steady` is the overlap), has seldom found the outline. One that is firm knows more of it
    than a key that was misled by a colour; before glass none is."""
    confidence = before.confidence * (1 - _rising(share, 0.1, 0.015)) * _rising(steady, 0.85, 0.03)
    doubts = before.doubts
    if share > _OF_TWO_MINDS or steady < _STEADY:
        doubts = (*doubts, "methods_disagree")
    elif share < _OF_ONE_MIND and steady > _FIRM:
        doubts = tuple(each for each in doubts if each not in (*_OF_THE_KEY, "glass"))
    return Judged(confidence, tuple(dict.fromkeys(doubts)))


def of_shape(mask: Marks) -> tuple[str, ...]:
    """Doubts that any mask may raise: nothing, everything, cut off at the border."""
    share = float(mask.mean())
    if share == 0:
        return ("empty",)
    doubts = []
    if share > 0.92:
        doubts.append("fills_frame")
    height, width = mask.shape
    touching = [mask[0].sum() / width, mask[-1].sum() / width,
                mask[:, 0].sum() / height, mask[:, -1].sum() / height]  # fmt: skip
    if max(touching) > 0.02:
        doubts.append("touches_edge")
    return tuple(doubts)


def of_breaks(mask: Marks, alpha: Pixels) -> tuple[str, ...]:
    """Whether refining broke a mask into more pieces than it had, as it does with thin parts."""
    return ("thin",) if _pieces(alpha > 90) > _pieces(mask) else ()


def _pieces(mask: Marks) -> int:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    return int((stats[1:, cv2.CC_STAT_AREA] >= 24).sum())


def _rising(value: float, middle: float, width: float) -> float:
    return float(1 / (1 + np.exp(-np.clip((value - middle) / width, -40, 40))))
