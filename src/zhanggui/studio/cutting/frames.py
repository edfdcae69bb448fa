"""A product's base frames: put in order, the bad and the doubled left out, hero and details chosen.

All is judged on thumbnails. A frame is compared with its fellows, not with fixed bars: a product
may be dark or plain by nature, but one blurred frame among sharp ones stands out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting.cutout import Cutout
from zhanggui.studio.cutting.ground import Floats, Marks, ground_of, lab_of, shrunk
from zhanggui.studio.cutting.key import keyed
from zhanggui.studio.pictures import Pixels

_THUMB = 200
_ALIKE_BITS = 2
_DETAILS = 4
_ROUND = 0.4
_NOTICED = 0.008
_SPREAD = 1.4826

Gains = tuple[float, float, float]
AS_IT_IS: Gains = (1.0, 1.0, 1.0)


@dataclass(frozen=True)
class FrameSet:
    """What is left of the frames.

    `order` are the names of the good frames, as the product turns; `hero` is the one for pictures
    of one view, `details` are others as unlike it and each other as can be, best first. `dropped`
    says why a frame was left out: `blurred`, `cut_off`, `exposure`, `different`, `duplicate`,
    `empty`. `gains` are factors for RGB and `scales` factors for size that make a frame agree with
    the set (1 where it does); each is near 1.
    """

    hero: str
    details: tuple[str, ...]
    order: tuple[str, ...]
    dropped: dict[str, str] = field(default_factory=dict)
    gains: dict[str, Gains] = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _Seen:
    name: str
    thumb: Pixels
    mask: Marks
    ground: NDArray[np.float64]
    sharpness: float
    brightness: float
    colours: NDArray[np.float64]
    print: NDArray[np.bool_]
    plainness: float

    @property
    def is_plain(self) -> bool:
        return self.plainness > 0.8

    @property
    def area(self) -> float:
        return float(self.mask.mean())

    @property
    def height(self) -> int:
        rows = np.flatnonzero(self.mask.any(axis=1))
        return int(rows[-1] - rows[0] + 1) if rows.size else 0


def study(frames: Sequence[tuple[str, Pixels]]) -> FrameSet:
    """Look through the frames of one product; costs about 25 CPU-ms a frame.

    Raises ValueError where there is no frame at all. When nothing is good, the least bad frame is
    the hero all the same and `dropped` says what is wrong with it.
    """
    if not frames:
        raise ValueError("no frames")
    seen = [_look(name, rgb) for name, rgb in sorted(frames, key=lambda each: _place(each[0]))]
    dropped = _bad(seen)
    kept = _without_doubles([each for each in seen if each.name not in dropped])
    names = {each.name for each in kept}
    dropped |= {each.name: "duplicate" for each in seen if each.name not in names | dropped.keys()}
    if not kept:
        kept = [max(seen, key=lambda each: each.sharpness)]
    hero = _hero(kept)
    return FrameSet(
        hero=hero.name,
        details=tuple(each.name for each in _details(hero, kept)),
        order=tuple(each.name for each in kept),
        dropped=dropped,
        gains=_gains(kept),
        scales=_scales(kept),
    )


def evened(cutout: Cutout, gains: Gains = AS_IT_IS, scale: float = 1) -> Cutout:
    """The cut-out with its channels multiplied, clipped at white, and resized about its foot."""
    rgb, alpha = cutout.rgb, cutout.alpha
    if gains != AS_IT_IS:
        rgb = np.clip(np.round(rgb * np.array(gains)), 0, 255).astype(np.uint8)
    if scale != 1:
        height, width = alpha.shape
        still = (1 - scale) * width / 2, (1 - scale) * cutout.box.bottom
        about = np.array([[scale, 0, still[0]], [0, scale, still[1]]])
        rgb = np.asarray(
            cv2.warpAffine(rgb, about, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8
        )
        alpha = np.asarray(cv2.warpAffine(alpha, about, (width, height)), np.uint8)
    return replace(cutout, rgb=rgb, alpha=alpha)


def _place(name: str) -> tuple[str | int, ...]:
    """Names in the order people mean: 2 before 10."""
    parts = re.split(r"(\d+)", name)
    return tuple(part.zfill(12) if part.isdigit() else part.lower() for part in parts)


def _look(name: str, rgb: Pixels) -> _Seen:
    thumb = np.asarray(shrunk(rgb, _THUMB), dtype=np.uint8)
    lab = lab_of(thumb)
    ground = ground_of(lab)
    found = keyed(lab, ground)
    is_known = ground.plainness > 0.4 and found.mask.any()
    mask = found.mask if is_known else _middle(thumb)
    border = ~cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    around = np.median(thumb[border], axis=0) if border.any() else np.full(3, 128.0)
    return _Seen(
        name=name,
        thumb=thumb,
        mask=mask,
        ground=np.asarray(around, dtype=np.float64),
        sharpness=_sharpness(rgb, mask),
        brightness=float(lab[..., 0][mask].mean()),
        colours=_histogram(lab, mask),
        print=_print(thumb),
        plainness=ground.plainness,
    )


def _middle(thumb: Pixels) -> Marks:
    height, width = thumb.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    return np.asarray(np.hypot(x, y) < 0.7)


def _sharpness(rgb: Pixels, mask: Marks) -> float:
    """How fine the product's detail is: the energy that a slight blur takes off, over that which a
    strong one does, on a copy of at most 400 pixels. A smooth product has little of both."""
    grey = cv2.cvtColor(np.asarray(shrunk(rgb, 2 * _THUMB)), cv2.COLOR_RGB2GRAY).astype(np.float32)
    size = (grey.shape[1], grey.shape[0])
    near = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8))
    inside = cv2.resize(near, size, interpolation=cv2.INTER_NEAREST) > 0
    fine = grey - cv2.GaussianBlur(grey, (0, 0), 1.0)
    coarse = grey - cv2.GaussianBlur(grey, (0, 0), 4.0)
    if not inside.any():
        return 0.0
    return float(np.square(fine[inside]).sum() / (np.square(coarse[inside]).sum() + 1.0))


def _histogram(lab: Floats, mask: Marks) -> NDArray[np.float64]:
    """The product's colours: a and b in 12 bins each, L in 8, blurred, of sum 1."""
    colours = lab[mask]
    if not len(colours):
        return np.zeros((8, 12, 12))
    found, _ = np.histogramdd(colours, bins=(8, 12, 12), range=((0, 100), (-60, 60), (-60, 60)))
    for axis in range(3):
        found = 0.5 * found + 0.25 * (np.roll(found, 1, axis) + np.roll(found, -1, axis))
    return np.asarray(found / found.sum(), dtype=np.float64)


def _print(thumb: Pixels) -> NDArray[np.bool_]:
    """A perceptual hash of 64 bits: the signs of the lowest 8 × 8 cosines about their median."""
    grey = cv2.cvtColor(thumb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    small = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small)[:8, :8].ravel()
    return np.asarray(low > np.median(low[1:]))


def _bits(one: _Seen, other: _Seen) -> int:
    return int((one.print != other.print).sum())


def _without_doubles(good: Sequence[_Seen]) -> list[_Seen]:
    """The frames less those that show what an earlier one does.

    Where many look alike the product is round, and every frame of its turn is wanted: then only
    copies of a file are doubled.
    """
    kept: list[_Seen] = []
    copies = 0
    for each in good:
        double = [o for o in kept if _bits(each, o) <= _ALIKE_BITS and _is_same(each, o)]
        copies += any(np.array_equal(each.thumb, other.thumb) for other in double)
        if not double:
            kept.append(each)
    if len(good) - len(kept) - copies <= _ROUND * len(good):
        return kept
    kept = []
    for each in good:
        if not any(np.array_equal(each.thumb, other.thumb) for other in kept):
            kept.append(each)
    return kept


def _is_same(one: _Seen, other: _Seen) -> bool:
    """Whether two frames of equal hash are of one view: a turning vase has one hash all round."""
    if one.thumb.shape != other.thumb.shape:
        return True
    either = one.mask | other.mask
    apart = cv2.absdiff(cv2.GaussianBlur(one.thumb, (3, 3), 0),
                        cv2.GaussianBlur(other.thumb, (3, 3), 0))[either]  # fmt: skip
    return not apart.size or bool(np.percentile(apart.max(axis=-1), 98) < 10)


def _bad(seen: Sequence[_Seen]) -> dict[str, str]:
    """Frames that something is wrong with, and what; most telling first."""
    reasons: dict[str, str] = {}
    sharp = np.array([each.sharpness for each in seen])
    bright = np.array([each.brightness for each in seen])
    light = np.array([each.ground.mean() for each in seen])
    typical = np.median([each.colours for each in seen], axis=0)
    alike = np.array([np.minimum(each.colours, typical).sum() for each in seen])
    for i, each in enumerate(seen):
        if not each.mask.any():
            reasons[each.name] = "empty"
        elif each.plainness > 0.4 and _is_cut_off(each.mask):
            reasons[each.name] = "cut_off"
        elif len(seen) >= 3 and _is_exposed_otherwise(i, bright, light):
            reasons[each.name] = "exposure"
        elif len(seen) >= 4 and alike[i] < min(0.45, 0.55 * float(np.median(alike))):
            reasons[each.name] = "different"
        elif len(seen) >= 3 and sharp[i] < 0.5 * float(np.median(sharp)):
            reasons[each.name] = "blurred"
    return reasons


def _is_cut_off(mask: Marks) -> bool:
    sides = mask[0].mean(), mask[:, 0].mean(), mask[:, -1].mean(), mask[-1].mean()
    return bool(max(sides) > 0.02)


def _is_exposed_otherwise(i: int, bright: NDArray[np.float64], light: NDArray[np.float64]) -> bool:
    """Whether product and ground are both much lighter or darker than in the other frames."""
    product = bright[i] - float(np.median(bright))
    ground = (light[i] - float(np.median(light))) / 2.55
    beyond = max(6.0, 4 * _SPREAD * float(np.median(np.abs(light - np.median(light)))) / 2.55)
    return bool(abs(ground) > beyond and product * ground > 0 and abs(product) > 4)


def _hero(kept: Sequence[_Seen]) -> _Seen:
    """The view that shows most: a wide outline with much to see inside, and sharp.

    Front views of labelled goods win by their detail, turned ones with handles by their outline.
    Of equals the first frame is taken, which is mostly the front.
    """
    widths = np.array([float(each.mask.any(axis=0).sum()) for each in kept])
    areas = np.array([each.area for each in kept])
    details = np.array([_detail(each) for each in kept])
    sharp = np.array([each.sharpness for each in kept])
    score = (
        0.3 * widths / max(1.0, widths.max())
        + 0.2 * areas / max(1e-6, areas.max())
        + 0.4 * details / max(1e-6, details.max())
        + 0.1 * np.minimum(1, sharp / max(1e-6, float(np.median(sharp))))
    )
    first = np.linspace(0.02, 0, len(kept))
    return kept[int(np.argmax(score + first))]


def _detail(each: _Seen) -> float:
    """How much there is to see inside the outline: the mean strength of edges there."""
    inside = cv2.erode(each.mask.astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    grey = cv2.cvtColor(each.thumb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    edges = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    return float(np.sqrt(edges[inside]).sum() / each.mask.sum()) if inside.any() else 0.0


def _details(hero: _Seen, kept: Sequence[_Seen]) -> list[_Seen]:
    """Views far from the hero and from each other, farthest first (Gonzalez 1985)."""
    chosen = [hero]
    while len(chosen) <= _DETAILS and len(chosen) < len(kept):
        chosen.append(max(kept, key=lambda each: min(_unlike(each, other) for other in chosen)))
    return [each for each in chosen[1:] if each not in chosen[:1]]


def _unlike(one: _Seen, other: _Seen) -> float:
    if one is other:
        return -1.0
    small = [
        cv2.resize(each.thumb, (48, 48), interpolation=cv2.INTER_AREA) for each in (one, other)
    ]
    return float(cv2.absdiff(small[0], small[1]).mean())


def _gains(kept: Sequence[_Seen]) -> dict[str, Gains]:
    """Factors that bring each frame's ground to the set's median; small, and only of plain ones.

    A nearly neutral ground is brought to neutral too. Factors stay within 6% so that the product
    keeps its look (SSIM of luma ≥ .98), and below what would clip the ground.
    """
    target = np.median([each.ground for each in kept], axis=0)
    if np.ptp(target) < 14:
        target = np.full(3, target.mean())
    found = {}
    for each in kept:
        wanted = target / np.maximum(each.ground, 1.0) if each.is_plain else np.ones(3)
        most = min(1.06, 254.0 / max(1.0, float(each.ground.max())))
        wanted = np.clip(wanted, 0.94, max(most, 0.94))
        if np.abs(wanted - 1).max() < _NOTICED:
            wanted = np.ones(3)
        red, green, blue = (round(float(x), 4) for x in wanted)
        found[each.name] = (red, green, blue)
    return found


def _scales(kept: Sequence[_Seen]) -> dict[str, float]:
    """Factors of size that make the product as tall as in the median frame, within 5%."""
    heights = [each.height / each.thumb.shape[0] for each in kept if each.is_plain]
    typical = float(np.median(heights)) if heights else 0.0
    found = {}
    for each in kept:
        own = each.height / each.thumb.shape[0]
        # A turning product's upright size hardly changes unless it is deep: then let it be.
        is_near = each.is_plain and own > 0 and abs(typical / own - 1) < 0.05
        found[each.name] = round(typical / own, 4) if is_near else 1.0
    return found
