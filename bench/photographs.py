"""How photographs from elsewhere are cut out: masks known and unknown.

    python -m bench.photographs FOLDER [--without-weights] [--sheet PNG]

Photographs are not shipped; any folder of them will do (docs/results.md names those that were
taken). A picture with an alpha of its own has a mask: its product is laid on three plain grounds
and three of the studio's own plates, a soft shadow under it, and IoU is measured. Of a picture
without, it is told what was found and what is doubted; the sheet shows them beside the originals,
for eyes to judge. Prints a table on standard error and one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from bench.cutting import iou, summary_of
from zhanggui.studio import pictures, stages
from zhanggui.studio.cutting import Cutout, cut, weights
from zhanggui.studio.pictures import Pixels

SIDE = 800
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True)
class Laid:
    """A product on a ground of ours, and how much of each pixel it covers."""

    name: str
    ground: str
    rgb: Pixels
    mask: Pixels


@dataclass(frozen=True)
class Found:
    """What was found in a photograph."""

    name: str
    cutout: Cutout
    rgb: Pixels
    cpu: float


def laid(path: Path, rgb: Pixels, alpha: Pixels) -> Iterator[Laid]:
    """The product of a picture with an alpha, on each ground. A shadow painted into the alpha goes
    first, as it goes when the picture is used."""
    found = cut(rgb, alpha)
    scale = SIDE / max(alpha.shape)
    small = [cv2.resize(each, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
             for each in (found.rgb, found.alpha)]  # fmt: skip
    height, width = small[1].shape
    top, left = (SIDE - height) // 2, (SIDE - width) // 2
    product, mask = np.zeros((SIDE, SIDE, 3), np.uint8), np.zeros((SIDE, SIDE), np.uint8)
    product[top : top + height, left : left + width] = small[0]
    mask[top : top + height, left : left + width] = small[1]
    for name, ground in grounds().items():
        shaded = ground * (1 - 0.45 * _shadow(mask))[..., None]
        share = mask[..., None] / 255
        noise = np.random.default_rng(len(path.name)).normal(0, 1.5, product.shape)
        mixed = product * share + shaded * (1 - share) + noise
        yield Laid(path.stem, name, np.clip(np.round(mixed), 0, 255).astype(np.uint8), mask)


def grounds() -> dict[str, np.ndarray]:
    """Plain ones, and the project's own plates of a kitchen, a picnic and a tent, sharp."""
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    falloff = (1 - 0.14 * (x**2 + y**2))[..., None]
    plain = {
        "white": np.full((SIDE, SIDE, 3), 246.0),
        "grey": np.full((SIDE, SIDE, 3), 168.0) * falloff,
        "warm": np.array([226.0, 208.0, 186.0]) * falloff,
    }
    busy = {}
    for style in ("kitchen", "picnic", "camping"):
        stage = next(each for each in stages.stages() if each.style == style)
        plate = stages.plate(stage)
        side = min(plate.shape[:2])
        busy[style] = cv2.resize(plate[:side, :side], (SIDE, SIDE)).astype(np.float64)
    return plain | busy


def _shadow(mask: Pixels) -> np.ndarray:
    """A soft ellipse where the product ends below."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    found = np.zeros(mask.shape, np.float32)
    middle = (int(columns.mean()), int(rows[-1]))
    size = (int(0.45 * np.ptp(columns)), max(6, int(0.05 * np.ptp(rows))))
    cv2.ellipse(found, middle, size, 0, 0, 360, 1, -1)
    return np.asarray(cv2.GaussianBlur(found, (0, 0), 8))


def looked_at(name: str, rgb: Pixels, at: Path | None) -> Found:
    """One photograph, cut as the hero of a product is."""
    before = time.process_time()
    found = cut(rgb, weights=at, twice=True)
    return Found(name, found, rgb, time.process_time() - before)


def sheet(found: Sequence[Found], path: Path) -> None:
    """Each beside its original, on magenta."""
    tiles = []
    for each in found:
        share = (each.cutout.alpha / 255.0)[..., None]
        shown = each.cutout.rgb * share + np.array([255, 0, 255]) * (1 - share)
        pair = Image.new("RGB", (360, 180))
        for place, part in enumerate((each.rgb, shown.astype(np.uint8))):
            small = Image.fromarray(part)
            small.thumbnail((178, 178))
            pair.paste(small, (place * 180, 0))
        tiles.append(pair)
    rows = -(-len(tiles) // 4)
    whole = Image.new("RGB", (4 * 360, rows * 180))
    for place, tile in enumerate(tiles):
        whole.paste(tile, (place % 4 * 360, place // 4 * 180))
    whole.save(path)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--without-weights", action="store_true")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    at = None if asked.without_weights else weights.find()
    known: dict[str, list[tuple[float, Cutout, float]]] = {}
    seen: list[Found] = []
    paths = [each for each in sorted(asked.folder.iterdir()) if each.suffix.lower() in ENDINGS]
    for path in paths:
        rgb, alpha = pictures.read(path)
        if alpha is None:
            seen.append(looked_at(path.stem, rgb, at))
            continue
        for each in laid(path, rgb, alpha):
            found = looked_at(each.name, each.rgb, at)
            value = iou(found.cutout.alpha, each.mask)
            known.setdefault(each.ground, []).append((value, found.cutout, found.cpu))
    table = {ground: summary_of(rows) for ground, rows in known.items()}
    for ground, row in table.items():
        print(f"{ground:10}", *(f"{name} {value:g}" for name, value in row.items()),
              sep="  ", file=sys.stderr)  # fmt: skip
    for photo in seen:
        doubts = ",".join(photo.cutout.doubts) or "-"
        print(f"{photo.name[:40]:40} {photo.cutout.method:8} {photo.cutout.confidence:.2f} "
              f"{photo.cpu:5.1f} s  {doubts}", file=sys.stderr)  # fmt: skip
    if asked.sheet:
        sheet(seen, asked.sheet)
    print(json.dumps({
        "known": table,
        "unknown": len(seen),
        "doubted": sum(each.cutout.is_doubtful for each in seen),
        "weights": at is not None,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
