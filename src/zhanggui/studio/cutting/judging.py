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
_OF_TWO_MINDS = 0.09
_FOLLOWS = 0.92
"""The least share of a good mask's outline that lies on edges."""


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


def overlap(one: Marks, other: Marks) -> float:
    """Intersection over union; 0 for two empty masks."""
    union = int((one | other).sum())
    return float((one & other).sum() / union) if union else 0.0


def by_key(found: Keyed, ground: Ground) -> Judged:
    """What the key's own outline says."""
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
    return Judged(confidence, tuple(doubts))


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
        doubts = [each for each in doubts if each not in ("white_on_white", "low_contrast")]
    if agreed < 0.88:
        doubts.append("methods_disagree")
    if "isnet" not in agreement and method == "grabcut":
        doubts.append("busy_ground")
    if support < 0.75:
        doubts.append("weak_edges")
    return Judged(confidence, tuple(doubts))


def by_hesitation(before: Judged, share: float) -> Judged:
    """A net that is of two minds about a tenth of its mask has seldom found the outline."""
    confidence = before.confidence * (1 - _rising(share, 0.1, 0.015))
    doubts = before.doubts if share < _OF_TWO_MINDS else (*before.doubts, "methods_disagree")
    return Judged(confidence, tuple(dict.fromkeys(doubts)))


def of_shape(alpha: Pixels) -> tuple[str, ...]:
    """Doubts that any mask may raise: nothing, everything, cut off at the border."""
    mask = alpha > 127
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
