"""The key: what differs from a plain ground, its shadows apart.

A shadow keeps the ground's chroma, is darker and begins softly; a product has an edge. So the
ground grows from the border over everything that has no edge and no colour of its own, and what
it cannot reach is the product. How strong a difference an edge needs is tried from faint to
strong; the outline that follows the picture's edges best is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from zhanggui.studio.cutting.ground import Floats, Ground, Marks, border_of

_DEEPEST = 42.0
"""How much darker than the ground a shadow may be, in L."""
_BLED = 0.22
"""Chroma that a shadow may gain for each L it loses: light bounced off the product."""
_HELD = 0.9
_STANDS_OUT = 0.45
_MOSTLY_HOLES = 0.55
_PRINT = 0.02
_SMALLEST_HOLE = 0.008
_BOUNDED = 0.9
_SHOWS = 0.72
"""Of the strength that stops the ground, what an outline must have to count as an edge."""
_STEPS = (0.7, 1.0, 1.6, 2.6)


@dataclass(frozen=True)
class Keyed:
    """A mask by key, how well its outline follows edges of the picture (0–1), how much of it
    stands out from the ground by colour (0–1), and the share of it that looks as the ground does
    and is enclosed, as what is behind glass."""

    mask: Marks
    support: float
    contrast: float
    seen_through: float


def keyed(lab: Floats, ground: Ground) -> Keyed:
    """The product by difference from its ground."""
    smooth = np.asarray(cv2.GaussianBlur(lab, (0, 0), 0.8), dtype=np.float32)
    fine = _at_scale(smooth, ground, gap=3)
    if fine.support >= _HELD and (fine.contrast >= _STANDS_OUT or _is_solid(fine.mask)):
        return _with_holes(fine, smooth, ground)
    faint = np.asarray(cv2.GaussianBlur(lab, (0, 0), 2.0), dtype=np.float32)
    coarse = _at_scale(faint, ground, gap=9)
    if (glass := _wrapped(fine, coarse)) is not None:
        return glass
    better = coarse if coarse.support * coarse.mask.sum() > fine.support * fine.mask.sum() else fine
    return _with_holes(better, smooth, ground)


def _is_solid(mask: Marks) -> bool:
    """Whether the mask's largest piece fills its hull, as what has an inside does."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    if count < 2:
        return False
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    piece = (labels == largest).astype(np.uint8)
    hull = cv2.contourArea(cv2.convexHull(cv2.findNonZero(piece)))
    return bool(stats[largest, cv2.CC_STAT_AREA] > _MOSTLY_HOLES * hull)


def _wrapped(*found: Keyed) -> Keyed | None:
    """For scattered traces that hardly stand out, as glass leaves of itself: their convex hull.

    Nothing of the picture supports that outline, so its support is 0 and a person looks at it.
    """
    traces = np.logical_or.reduce([each.mask for each in found])
    if not traces.any() or max(each.contrast for each in found) >= _STANDS_OUT:
        return None
    outline = cv2.convexHull(cv2.findNonZero(traces.astype(np.uint8)))
    whole = cv2.fillConvexPoly(np.zeros(traces.shape, np.uint8), outline, 1) > 0
    if traces.sum() > _MOSTLY_HOLES * whole.sum():
        return None
    return Keyed(whole, 0.0, found[0].contrast, 1 - float(traces.sum() / whole.sum()))


def _at_scale(smooth: Floats, ground: Ground, gap: int) -> Keyed:
    same, shade, _ = likeness(smooth, ground)
    edges = edge_strength(smooth)
    floor = _edge_floor(edges, same)
    found = [_without_reach(same, shade, edges < floor * step, gap) for step in _STEPS]
    scores = [support_of(mask, edges, _SHOWS * floor) for mask in found]
    best = max(range(len(found)), key=lambda i: scores[i] + 0.01 * i)
    mask, apart = found[best], ~(same | shade)
    return Keyed(mask, scores[best], float(apart[mask].mean()) if mask.any() else 0.0, 0.0)


def likeness(smooth: Floats, ground: Ground) -> tuple[Marks, Marks, float]:
    """Where the picture is as the ground, where it may be its shadow, and the tolerance in L."""
    rest = smooth - ground.lab
    luma, chroma = rest[..., 0], np.hypot(rest[..., 1], rest[..., 2])
    tone, hue = max(1.4, 3.5 * ground.noise[0]), max(1.6, 4 * ground.noise[1])
    same = (np.abs(luma) < tone) & (chroma < hue)
    shade = (luma > -_DEEPEST) & (luma < 2.5 * tone)
    shade &= chroma < hue + 1.6 + _BLED * np.maximum(-luma, 0)
    return np.asarray(same), np.asarray(shade), tone


def _with_holes(found: Keyed, smooth: Floats, ground: Ground) -> Keyed:
    """The same with what is seen through handles taken out.

    A hole has the tone of the ground beside the product. What is mostly such holes is no basket but
    glass: it is left whole and said to be seen through.
    """
    if not found.mask.any():
        return found
    same, shade, tone = likeness(smooth, ground)
    beside = filled_from(smooth, ~found.mask)
    away = np.sqrt(sum(channel**2 for channel in cv2.split(smooth - beside)))
    inside = found.mask & (same | shade) & (away < tone + 8.0)
    inside = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(
        inside.astype(np.uint8), connectivity=4
    )
    edges = edge_strength(smooth)
    floor = _SHOWS * _edge_floor(edges, same)
    holes = np.zeros_like(inside)
    least = max(40.0, _SMALLEST_HOLE * float(found.mask.sum()))
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] >= least:
            place = labels == label
            if np.median(away[place]) < tone + 5.0 and _is_opening(place, edges, floor):
                holes |= place
    holes = cv2.dilate(holes.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & found.mask
    share = float(holes.sum() / found.mask.sum())
    if share > _MOSTLY_HOLES:
        return Keyed(found.mask, found.support, found.contrast, share)
    mask = found.mask & ~holes
    return Keyed(mask, found.support, float((~(same | shade))[mask].mean()), 0.0)


def _is_opening(place: Marks, edges: Floats, floor: float) -> bool:
    """Whether a place is bounded by edges all round and has nothing inside, as what is seen through
    a handle; a white label has print, and ends where its tone does."""
    marks = cv2.dilate(place.astype(np.uint8), np.ones((3, 3), np.uint8))
    outlines, _ = cv2.findContours(marks, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(outlines, key=cv2.contourArea)
    whole = cv2.drawContours(np.zeros_like(marks), [outline], -1, 1, cv2.FILLED)
    is_empty = whole.sum() - marks.sum() < _PRINT * whole.sum()
    return bool(is_empty and support_of(whole > 0, edges, floor) > _BOUNDED)


def filled_from(picture: Floats, known: Marks) -> Floats:
    """The picture with what is not known filled from the nearest that is, softly (pull–push)."""
    weight = known.astype(np.float32)
    colour = picture * weight[..., None]
    levels = []
    while min(weight.shape) > 2 and weight.min() == 0:
        levels.append((colour, weight))
        size = ((weight.shape[1] + 1) // 2, (weight.shape[0] + 1) // 2)
        weight = np.asarray(cv2.resize(weight, size, interpolation=cv2.INTER_AREA), np.float32)
        colour = np.asarray(cv2.resize(colour, size, interpolation=cv2.INTER_AREA), np.float32)
    found = colour / np.maximum(weight, 1e-6)[..., None]
    for colour, weight in reversed(levels):
        size = (weight.shape[1], weight.shape[0])
        above = cv2.resize(found, size, interpolation=cv2.INTER_LINEAR)
        sure = np.minimum(weight, 1)[..., None]
        found = colour / np.maximum(weight, 1e-6)[..., None] * sure + above * (1 - sure)
    return np.asarray(found, dtype=np.float32)


def edge_strength(smooth: Floats) -> Floats:
    """How much the colour changes across each pixel, in L or its like: the strongest channel."""
    # Channel by channel: numpy's maximum over a last axis of three costs ten times as much.
    each = [
        cv2.magnitude(
            cv2.Sobel(channel, cv2.CV_32F, 1, 0, ksize=3),
            cv2.Sobel(channel, cv2.CV_32F, 0, 1, ksize=3),
        )
        for channel in cv2.split(smooth)
    ]
    return np.asarray(np.maximum(np.maximum(each[0], each[1]), each[2]) / 4, dtype=np.float32)


def _edge_floor(edges: Floats, same: Marks) -> float:
    """What is an edge and not noise: above nearly all of what the ground shows."""
    quiet = edges[same]
    if not quiet.size:
        return 4.0
    return float(np.clip(1.35 * np.percentile(quiet, 99), 0.9, 4.0))


def _without_reach(same: Marks, shade: Marks, calm: Marks, gap: int) -> Marks:
    """What the ground cannot reach from the border without crossing an edge.

    It walks on ways wider than `gap` pixels, so that a gap in a faint outline does not let it in.
    """
    walkable = (same | shade) & calm
    wide = cv2.erode(walkable.astype(np.uint8), np.ones((gap, gap), np.uint8))
    reached = _from_border(wide.astype(bool))
    back = np.ones((gap + 2, gap + 2), np.uint8)
    reached = cv2.dilate(reached.astype(np.uint8), back).astype(bool)
    return tidied(~(reached & (walkable | same)))


def _from_border(marks: Marks) -> Marks:
    _, labels = cv2.connectedComponents(marks.astype(np.uint8), connectivity=4)
    touched = np.unique(labels[border_of(marks.shape[0], marks.shape[1], 0.01)])
    return np.isin(labels, touched[touched > 0])


def tidied(mask: Marks, least: float = 0.004) -> Marks:
    """Without specks: pieces below a share of the largest."""
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=8)
    if count < 2:
        return np.zeros_like(mask)
    areas = stats[:, cv2.CC_STAT_AREA]
    largest = areas[1:].max()
    kept = np.flatnonzero(areas >= max(24, least * largest))
    return np.isin(labels, kept[kept > 0])


def support_of(mask: Marks, edges: Floats, floor: float) -> float:
    """The share of a mask's outline that lies on an edge of the picture (within two pixels)."""
    inner = mask & ~cv2.erode(
        mask.astype(np.uint8), np.ones((3, 3), np.uint8), borderValue=1
    ).astype(bool)
    if not inner.any():
        return 0.0
    near = cv2.dilate(edges, np.ones((5, 5), np.uint8))
    return float((near[inner] >= floor).mean())
