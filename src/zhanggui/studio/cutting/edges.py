"""From a mask to an alpha: the outline brought onto the picture's own edge, soft where it is soft,
and the product's colour there without the ground's.

Alpha is where a pixel's colour lies between the product's and the ground's beside it (the line of
compositing, as in Smith and Blinn 1996, with both colours known); where the two are too alike to
tell, it is the mask's own, a pixel soft. docs/decisions/0016 says why nothing dearer is done.
"""

from __future__ import annotations

import cv2
import numpy as np

from zhanggui.studio.cutting.ground import Floats, Marks
from zhanggui.studio.cutting.key import filled_from, tidied
from zhanggui.studio.pictures import Box, Pixels

_BAND = 3
_EVEN = 1.4
"""How much an outline is smoothed, in pixels."""
_THIN = 5
"""Half the width, in pixels, below which a part is thin."""
_BY_ENDS = 0.3
_SPUR = 3
"""Half the width, in pixels, below which what sticks out must stand out to be kept."""
_TELLING = 30.0
"""Distance of product and ground in RGB levels over which colour alone tells alpha."""


_FOOT = 0.06
"""How far a mask may reach beyond the product's foot, by its height."""
_OTHER_HUE, _OTHER_TONE = 8.0, 5.0
"""Changes of chroma from the floor's, and of lightness over two pixels, that are an edge (Lab)."""


def _square(size: int) -> Pixels:
    return np.ones((size, size), dtype=np.uint8)


def _eroded(mask: Marks, by: int) -> Marks:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))
    return cv2.erode(mask.astype(np.uint8), kernel, borderValue=1).astype(bool)


def _dilated(mask: Marks, by: int) -> Marks:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))
    return cv2.dilate(mask.astype(np.uint8), kernel).astype(bool)


def bounds(mask: Marks, margin: int) -> Box:
    """The mask's bounds and a margin, within the picture."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    height, width = mask.shape
    return Box(
        max(0, int(columns[0]) - margin), max(0, int(rows[0]) - margin),
        min(width, int(columns[-1]) + 1 + margin), min(height, int(rows[-1]) + 1 + margin),
    )  # fmt: skip


def settled(rgb: Pixels, mask: Marks, lab: Floats, ground: Floats, reach: int = 12) -> Marks:
    """The mask with its outline moved, by at most `reach` pixels, onto the strongest edge there.

    A watershed floods from the ground and from what is surely product or deep inside; between a
    product and its contact shadow it finds the product's own edge. `lab` and `ground` are the
    picture's and its ground's colours; a ground that is not known is the picture's own surround.
    """
    # Deep only below: that is where a product touches what it stands on and its shadow is dark.
    covered = np.zeros_like(mask)
    covered[:-reach] = mask[reach:]
    inner = (sure_product(lab, ground) & _eroded(mask, 3)) | _eroded(mask, reach)
    inner |= _eroded(mask, 4) & covered
    body = _dilated(_eroded(mask, _THIN), _THIN + 1) & mask
    thin = _lasting(mask & ~body, body, lab - ground)
    inner |= thin
    outer = ~_dilated(mask, 2)
    markers = np.zeros(mask.shape, np.int32)
    markers[outer], markers[inner] = 1, 2
    if not inner.any() or not outer.any():
        return mask
    seen = cv2.cvtColor(cv2.GaussianBlur(rgb, (3, 3), 0), cv2.COLOR_RGB2LAB)
    cv2.watershed(np.ascontiguousarray(seen), markers)
    ridge = markers == -1
    found = (markers == 2) | (ridge & _dilated(markers == 2, 1) & mask)
    even = cv2.GaussianBlur(found.astype(np.float32), (0, 0), _EVEN) > 0.5
    return tidied(_dilated(_eroded(even, _SPUR), _SPUR) | thin, least=0.01)


def _lasting(thin: Marks, body: Marks, rest: Floats) -> Marks:
    """Of thin parts those that are long, stand out and hold on by their ends: wires and cords, no
    crumbs of a shadow, which lie along the body."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(thin.astype(np.uint8))
    away = np.abs(rest).max(axis=-1)
    beside = _dilated(body, 2)
    kept = np.zeros(count, dtype=bool)
    for label in range(1, count):
        left, top, width, height, area = (int(each) for each in stats[label])
        if area < 40 or max(width, height) < 16:
            continue
        part = np.s_[top : top + height, left : left + width]
        piece = labels[part] == label
        holds = int((piece & beside[part]).sum()) / area
        kept[label] = holds < _BY_ENDS and np.percentile(away[part][piece], 75) > 14
    return np.asarray(kept[labels])


def trimmed(mask: Marks, lab: Floats) -> Marks:
    """The mask without what it holds of the floor: seen from outside, line by line, the product's
    foot begins where the colour first changes, and not at the end of its contact shadow.

    A line on which nothing changes within reach is left alone: there product and ground are alike,
    and the outline was found by other means.
    """
    if not mask.any():
        return mask
    rows = np.flatnonzero(mask.any(axis=1))
    tall = int(rows[-1] - rows[0]) + 1
    reach = max(6, round(_FOOT * tall))
    below = _from_below(mask, lab, reach, least=int(rows[-1]) - reach)
    # Beside the foot the same, on the rows near the floor alone.
    near = below.copy()
    near[: int(rows[-1]) - reach] = False
    left = _from_below(np.rot90(near), np.rot90(lab), reach)
    beside = np.rot90(left, -1)
    right = _from_below(np.rot90(beside, -1), np.rot90(lab, -1), reach)
    foot = np.rot90(right)
    return np.asarray(np.where(near, foot, below), dtype=bool)


def _from_below(mask: Marks, lab: Floats, reach: int, least: int = 0) -> Marks:
    """The mask with each column's lower end, where it lies at row `least` or under it, moved up to
    the first change of colour."""
    height = mask.shape[0]
    columns = np.flatnonzero(mask.any(axis=0))
    if not len(columns):
        return mask
    ends = height - 1 - np.argmax(mask[::-1, columns], axis=0)
    outside = lab[np.minimum(ends + 3, height - 1), columns]
    up = np.zeros(len(columns), int)
    open_ = (ends + 3 < height) & (ends >= least)
    for step in range(reach):
        here = lab[np.maximum(ends - step, 0), columns]
        before = lab[np.minimum(ends - step + 2, height - 1), columns]
        hue = np.hypot(here[:, 1] - outside[:, 1], here[:, 2] - outside[:, 2])
        changes = (hue > _OTHER_HUE) | (np.abs(here[:, 0] - before[:, 0]) > _OTHER_TONE)
        up[open_ & changes] = step
        open_ &= ~changes
    up[open_] = 0
    # As a foot is even, so is what is taken away beneath it.
    up = np.minimum(up, cv2.medianBlur(up.astype(np.float32)[None], 5)[0].astype(int) + 2)
    found = mask.copy()
    for column, end, taken in zip(columns.tolist(), ends.tolist(), up.tolist(), strict=True):
        if taken > 1:
            found[end - taken + 1 : end + 1, column] = False
    return found


def softened(rgb: Pixels, mask: Marks) -> tuple[Pixels, Pixels]:
    """The product's RGB, freed of the ground at its soft edges, and alpha, for a settled mask.

    Where alpha is 255 the RGB is the picture's own; where it is 0 it is the product's nearest
    colour, so that what resizes the cut-out draws no ground in.
    """
    inner, outer = _eroded(mask, _BAND - 1), ~_dilated(mask, _BAND)
    inner |= _ridge(mask)
    band = ~inner & ~outer
    picture = rgb.astype(np.float32)
    product, ground = filled_from(picture, _own(mask, inner)), filled_from(picture, outer)
    line = product - ground
    length = (line * line).sum(axis=-1)
    share = ((picture - ground) * line).sum(axis=-1) / np.maximum(length, 1.0)
    own = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.8)
    trust = np.clip(np.sqrt(length) / _TELLING - 0.4, 0, 1)
    alpha = np.where(band, trust * np.clip(share, 0, 1) + (1 - trust) * own, inner)
    alpha = np.where(band & ~_dilated(mask, 1), np.minimum(alpha, own + 0.15), alpha)
    alpha = np.clip((alpha - 0.04) / 0.92, 0, 1)
    out = _freed(picture, product, ground, alpha)
    whole = alpha >= 1
    out[whole] = rgb[whole]
    return out, np.round(alpha * 255).astype(np.uint8)


def _own(mask: Marks, inner: Marks) -> Marks:
    """Where a pixel's colour is the product's alone: deep inside, or the middle of thin parts."""
    deep = _eroded(mask, _BAND + 1)
    return np.asarray(deep | (inner & ~_dilated(deep, _BAND + 3)))


def _ridge(mask: Marks) -> Marks:
    """The middle of thin parts: pixels at least as deep inside as their neighbours."""
    depth = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(mask & (depth >= cv2.dilate(depth, _square(3)) - 0.5) & (depth > 1.2))


def _freed(picture: Floats, product: Floats, ground: Floats, alpha: Floats) -> Pixels:
    """F of I = αF + (1 − α)B where alpha carries it, else the product's colour beside."""
    solved = (picture - (1 - alpha[..., None]) * ground) / np.maximum(alpha, 0.25)[..., None]
    carried = np.clip((alpha - 0.25) / 0.5, 0, 1)[..., None]
    low, high = product - 30, product + 30
    solved = np.clip(solved, low, high) * carried + product * (1 - carried)
    return np.asarray(np.clip(np.round(solved), 0, 255), dtype=np.uint8)


def sure_product(lab: Floats, ground: Floats) -> Marks:
    """What no contact shadow is: far from the ground in chroma, hardly darker or nearly black."""
    rest = lab - ground
    luma, chroma = rest[..., 0], np.hypot(rest[..., 1], rest[..., 2])
    return np.asarray((chroma > 7 + 0.18 * np.abs(luma)) | (luma > -4) | (luma < -62))


__all__ = ["bounds", "settled", "softened"]
