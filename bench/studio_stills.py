"""What becomes of a product's pixels, how different its scenes are, and what they cost.

    python -m bench.studio_stills [FOLDER...] [--out DIR] [--kinds scene,poster,white,grid]

makes everything that is still (no video) for each product of the folders (by default the demo
goods), and then looks at the files as a stranger would: each still is read back, its source frame
is warped by the manifest's affine, and the luma SSIM of the two is taken inside the mask, warped
the same way and eroded by 3 pixels. Scenes are compared by perceptual hashes (64 bits), pair
by pair. The CPU time is this process's, step by step.
Prints a table and one JSON object.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np

from zhanggui.studio import pictures
from zhanggui.studio.likeness import distance, perceptual_hash, ssim
from zhanggui.studio.making import Plan, Source, find_sources, steps
from zhanggui.studio.making.running import alone
from zhanggui.studio.manifest import KINDS, Deliverable, Kind, Manifest
from zhanggui.studio.pictures import Pixels

GOODS = Path("demo/goods")
STILLS: tuple[Kind, ...] = ("scene", "poster", "grid", "white", "detail", "copy")
BARS = {"ssim": 0.97, "hash_bits": 12, "scene_cpu": 0.3, "sku_cpu": 12.0}
CUT_NINE, GLASS = "grid/cut/", ("tumbler",)
"""What the bar leaves out."""
_ERODED = np.ones((7, 7), np.uint8)


@dataclass
class Still:
    """A still's likeness to its frame; NaN where the manifest gives no affine."""

    sku: str
    kind: str
    path: str
    ssim: float


def main() -> int:
    """Make, look, print; fails above no bar but says what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[GOODS])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--kinds", default=",".join(STILLS))
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    alone()
    wanted = given.kinds.split(",")
    plan = Plan(kinds=tuple(kind for kind in KINDS if kind in wanted), seed=given.seed)
    with tempfile.TemporaryDirectory() as scratch:
        out = given.out or Path(scratch)
        found = [_product(source, plan, out) for source in find_sources(given.folders)]
    _say(found)
    return 0


@dataclass
class Product:
    """What was measured of one product: CPU seconds by step, and its stills."""

    sku: str
    cpu: dict[str, float]
    scenes: int
    stills: list[Still]
    least_bits: int


def _product(source: Source, plan: Plan, out: Path) -> Product:
    path = out / source.sku
    cpu = {}
    for step in steps.names(plan):
        started = time.process_time()
        steps.run(step, source, plan, path)
        cpu[step] = time.process_time() - started
    manifest = steps.finish(source, plan, path)
    scenes = [each for each in manifest.deliverables if each.kind == "scene"]
    return Product(
        source.sku,
        cpu,
        len(scenes),
        list(_stills(source, manifest, path)),
        _least_bits([path / each.path for each in scenes]),
    )


def _stills(source: Source, manifest: Manifest, path: Path) -> Iterator[Still]:
    frames = {each.name: each for each in source.frames}
    for made in manifest.deliverables:
        if made.affine is None or made.source is None or made.mask is None:
            continue
        if made.path.startswith(CUT_NINE) or source.sku in GLASS:
            continue
        frame, _ = pictures.read(frames[made.source])
        mask, _ = pictures.read(path / made.mask)
        yield Still(source.sku, made.kind, made.path, likeness(made, path, frame, mask[..., 0]))


def likeness(made: Deliverable, path: Path, frame: Pixels, mask: Pixels) -> float:
    """Luma SSIM of a still and its frame, inside the mask eroded by 3 pixels."""
    still, _ = pictures.read(path / made.path)
    size = (still.shape[1], still.shape[0])
    affine = np.array(made.affine)
    warped = cv2.warpAffine(frame, affine, size, flags=cv2.INTER_LINEAR)
    laid = cv2.warpAffine(mask, affine, size, flags=cv2.INTER_LINEAR)
    inside = cv2.erode((laid > 250).astype(np.uint8), _ERODED) > 0
    return ssim(still, np.asarray(warped, np.uint8), inside)


def _least_bits(paths: Sequence[Path]) -> int:
    hashes = [perceptual_hash(pictures.read(path)[0]) for path in paths]
    return min((distance(one, other) for one, other in combinations(hashes, 2)), default=64)


def _say(found: Sequence[Product]) -> None:
    stills = [still for each in found for still in each.stills]
    for each in found:
        cpu = "  ".join(f"{step} {seconds:.2f}" for step, seconds in each.cpu.items())
        least = min((still.ssim for still in each.stills), default=math.nan)
        print(
            f"{each.sku:<18} least SSIM {least:.4f}  least bits {each.least_bits:>2}"
            f"  CPU s: {cpu}  in all {sum(each.cpu.values()):.2f}",
            file=sys.stderr,
        )
    for still in sorted(stills, key=lambda each: each.ssim)[:5]:
        print(f"  {still.ssim:.4f}  {still.sku} {still.path}", file=sys.stderr)
    scenes = sum(each.scenes for each in found)
    said = {
        "products": len(found),
        "stills": len(stills),
        "least_ssim": round(min((each.ssim for each in stills), default=math.nan), 4),
        "under_bar": sum(each.ssim < BARS["ssim"] for each in stills),
        "least_hash_bits": min((each.least_bits for each in found), default=64),
        "cpu_per_scene": round(sum(each.cpu.get("scene", 0) for each in found) / max(scenes, 1), 3),
        "cpu_per_sku": round(max(sum(each.cpu.values()) for each in found), 2),
        "bars": BARS,
    }
    print(json.dumps(said, indent=2))


if __name__ == "__main__":
    sys.exit(main())
