"""How well products are cut out, and what it costs.

    python -m bench.cutting [--every N] [--sheet PNG] [SKU...]

cuts the demo goods (`demo/goods`, rendered with exact masks) out of white, grey and cluttered
grounds, and the plain ones again after what happens to pictures: JPEG at 60, a sensor's noise, a
warm ground that darkens to its corners, other colours of the product, smaller, larger and darker
copies. Beside stand two baselines: a border-colour key as the median of the border and a distance
in Lab, and GrabCut from a rectangle. IS-Net is asked only where its weights were fetched; without
them the clutter is measured without. IoU is of alpha over a half against the mask over a half.
Prints a table on standard error and one JSON object; `--sheet` draws the worst on magenta.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from zhanggui.studio import pictures
from zhanggui.studio.cutting import Cutout, cut, weights
from zhanggui.studio.cutting.ground import lab_of
from zhanggui.studio.pictures import Pixels

GOODS = Path(__file__).parent.parent / "demo" / "goods"
GOOD, BAD = 0.95, 0.90
Change = Callable[[Pixels, Pixels, np.random.Generator], tuple[Pixels, Pixels]]


@dataclass(frozen=True)
class Sample:
    """A picture and how much of each pixel its product covers."""

    sku: str
    ground: str
    name: str
    rgb: Pixels
    mask: Pixels


@dataclass(frozen=True)
class Result:
    """A sample as it was cut."""

    sample: Sample
    change: str
    iou: float
    found: Cutout
    cpu: float


def samples(skus: Sequence[str], every: int) -> Iterator[Sample]:
    """The demo goods' pictures: of a turntable every n-th, of the other grounds all."""
    for folder in sorted(GOODS.iterdir()):
        if skus and folder.name not in skus:
            continue
        for ground, step in (("frames", every), ("grey", 1), ("clutter", 1)):
            masks = folder / "masks" if ground == "frames" else folder / ground / "masks"
            for path in sorted((folder / ground).glob("*.webp"))[::step]:
                mask = np.asarray(Image.open(masks / f"{path.stem}.png").convert("L"))
                yield Sample(folder.name, ground, path.stem, pictures.read(path)[0], mask)


def iou(alpha: Pixels, mask: Pixels) -> float:
    """Intersection over union of both over a half."""
    one, other = alpha > 127, mask > 127
    return float((one & other).sum() / max(1, (one | other).sum()))


def _jpeg(rgb: Pixels, mask: Pixels, _: np.random.Generator) -> tuple[Pixels, Pixels]:
    return pictures.read(pictures.encoded(rgb, "jpg", quality=60))[0], mask


def _noise(rgb: Pixels, mask: Pixels, rng: np.random.Generator) -> tuple[Pixels, Pixels]:
    noisy = rgb + cv2.GaussianBlur(rng.normal(0, 9, rgb.shape), (0, 0), 0.6)
    return np.clip(np.round(noisy), 0, 255).astype(np.uint8), mask


def _warm_corners(rgb: Pixels, mask: Pixels, _: np.random.Generator) -> tuple[Pixels, Pixels]:
    height, width = mask.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    falloff = (1 - 0.16 * (x**2 + y**2) + 0.05 * x)[..., None] * np.array([1.0, 0.965, 0.9])
    return np.clip(np.round(rgb * falloff), 0, 255).astype(np.uint8), mask


def _recoloured(rgb: Pixels, mask: Pixels, rng: np.random.Generator) -> tuple[Pixels, Pixels]:
    """The product in another hue; what it bounces onto the ground stays of the old one."""
    hsv = cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0] + float(rng.uniform(60, 300))) % 360
    turned = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB) * 255
    share = (mask / 255.0)[..., None]
    return np.clip(np.round(rgb * (1 - share) + turned * share), 0, 255).astype(np.uint8), mask


def _resized(scale: float) -> Change:
    def change(rgb: Pixels, mask: Pixels, _: np.random.Generator) -> tuple[Pixels, Pixels]:
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        new = [
            cv2.resize(each, None, fx=scale, fy=scale, interpolation=how) for each in (rgb, mask)
        ]
        return np.asarray(new[0], np.uint8), np.asarray(new[1], np.uint8)

    return change


def _darker(rgb: Pixels, mask: Pixels, _: np.random.Generator) -> tuple[Pixels, Pixels]:
    return np.round(255 * (rgb / 255.0) ** 1.25 * 0.82).astype(np.uint8), mask


CHANGES: dict[str, Change] = {
    "jpeg 60": _jpeg,
    "noise": _noise,
    "warm, dark corners": _warm_corners,
    "other hue": _recoloured,
    "400 px": _resized(0.55),
    "1300 px": _resized(1.8),
    "darker": _darker,
}


def border_key(rgb: Pixels) -> Pixels:
    """The baseline: further than 12 in Lab from the border's median colour."""
    lab = lab_of(rgb)
    band = np.concatenate([lab[:8].reshape(-1, 3), lab[-8:].reshape(-1, 3),
                           lab[:, :8].reshape(-1, 3), lab[:, -8:].reshape(-1, 3)])  # fmt: skip
    away = np.linalg.norm(lab - np.median(band, axis=0), axis=-1)
    return np.asarray(np.where(away > 12, 255, 0), dtype=np.uint8)


def grabcut_alone(rgb: Pixels) -> Pixels:
    """The baseline: five rounds from a rectangle 5% inside the frame, on a copy of 400 pixels."""
    small = cv2.resize(rgb, (400, 400), interpolation=cv2.INTER_AREA)
    marks = np.zeros((400, 400), np.uint8)
    cv2.setRNGSeed(0)
    cv2.grabCut(cv2.cvtColor(small, cv2.COLOR_RGB2BGR), marks, (20, 20, 360, 360),
                np.zeros((1, 65)), np.zeros((1, 65)), 5, cv2.GC_INIT_WITH_RECT)  # fmt: skip
    found = np.where((marks == 1) | (marks == 3), 255, 0).astype(np.uint8)
    return np.asarray(cv2.resize(found, rgb.shape[1::-1]), dtype=np.uint8)


def measured(sample: Sample, change: str, at: Path | None) -> Result:
    """Cut one sample after a change of the picture."""
    rng = np.random.default_rng(len(sample.sku) * 100 + int(sample.name))
    rgb, mask = (sample.rgb, sample.mask) if change == "as it is" else CHANGES[change](
        sample.rgb, sample.mask, rng)  # fmt: skip
    before = time.process_time()
    found = cut(rgb, weights=at)
    cpu = time.process_time() - before
    return Result(sample, change, iou(found.alpha, mask), found, cpu)


def summary(results: Sequence[Result]) -> dict[str, float]:
    """As :func:`summary_of`."""
    return summary_of([(each.iou, each.found, each.cpu) for each in results])


def summary_of(results: Sequence[tuple[float, Cutout, float]]) -> dict[str, float]:
    """Of IoU, cut-out and CPU seconds: mean and worst IoU, flags of the good and the bad, CPU."""
    values = np.array([value for value, _, _ in results])
    flagged = np.array([found.is_doubtful for _, found, _ in results])
    good, bad = values >= GOOD, values < BAD
    return {
        "n": len(results),
        "iou_mean": round(float(values.mean()), 4),
        "iou_worst": round(float(values.min()), 4),
        "good_flagged": round(float(flagged[good].mean()) if good.any() else 0.0, 3),
        "bad": int(bad.sum()),
        "bad_not_flagged": int((bad & ~flagged).sum()),
        "cpu_s": round(float(np.median([cpu for _, _, cpu in results])), 3),
    }


def _sheet(results: Sequence[Result], path: Path) -> None:
    tiles = []
    for each in sorted(results, key=lambda result: result.iou)[:36]:
        share = (each.found.alpha / 255.0)[..., None]
        laid = each.found.rgb * share + np.array([255, 0, 255]) * (1 - share)
        tile = cv2.resize(laid.astype(np.uint8), (260, 260), interpolation=cv2.INTER_AREA)
        label = f"{each.iou:.3f} {each.found.method} {','.join(each.found.doubts)}"
        cv2.putText(tile, label, (4, 252), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (255, 255, 255), 1)
        tiles.append(tile)
    tiles += [np.zeros_like(tiles[0])] * (-len(tiles) % 6)
    rows = [np.hstack(tiles[i : i + 6]) for i in range(0, len(tiles), 6)]
    Image.fromarray(np.vstack(rows)).save(path)


def asked_of(sample: Sample, at: Path | None) -> Iterator[tuple[str, Result]]:
    """Every way in which a sample is measured, and the group that it counts in."""
    if sample.ground == "clutter":
        yield "clutter, no weights", measured(sample, "as it is", None)
        if at is not None:
            yield "clutter, IS-Net", measured(sample, "as it is", at)
        return
    hard = {"tumbler": "glass", "vase": "white on white"}.get(sample.sku, "plain")
    yield hard, measured(sample, "as it is", None)
    if at is not None and hard != "plain":
        yield f"{hard}, IS-Net", measured(sample, "as it is", at)
    for change in CHANGES if hard == "plain" else ():
        yield change, measured(sample, change, None)


def _told(group: str, result: Result) -> None:
    s = result.sample
    print(f"{group:24} {s.sku:9} {s.ground} {s.name} {result.iou:.4f} {result.found.method}"
          f" {result.found.confidence:.2f} {result.found.doubts} {result.cpu:.2f}",
          file=sys.stderr)  # fmt: skip


def _table(
    found: Mapping[str, Mapping[str, float]], baselines: Mapping[str, Sequence[float]]
) -> None:
    print(f"{'':24}{'n':>5}{'IoU':>8}{'worst':>8}{'good flagged':>14}{'bad':>5}{'unseen':>8}"
          f"{'CPU s':>8}", file=sys.stderr)  # fmt: skip
    for name, row in found.items():
        print(f"{name:24}{row['n']:5.0f}{row['iou_mean']:8.4f}{row['iou_worst']:8.4f}"
              f"{row['good_flagged']:14.1%}{row['bad']:5.0f}{row['bad_not_flagged']:8.0f}"
              f"{row['cpu_s']:8.3f}", file=sys.stderr)  # fmt: skip
    for name, values in baselines.items():
        print(f"baseline {name:20}{len(values):5}{np.mean(values):8.4f}", file=sys.stderr)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("skus", nargs="*")
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--weights", type=Path, default=weights.find())
    parser.add_argument("--sheet", type=Path)
    parser.add_argument("--verbose", action="store_true")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    groups: dict[str, list[Result]] = {}
    baselines: dict[str, list[float]] = {}
    for sample in samples(asked.skus, asked.every):
        for group, result in asked_of(sample, asked.weights):
            groups.setdefault(group, []).append(result)
            if asked.verbose:
                _told(group, result)
        where = "clutter" if sample.ground == "clutter" else "plain"
        for name, way in (("border key", border_key), ("GrabCut", grabcut_alone)):
            baselines.setdefault(f"{name}, {where}", []).append(iou(way(sample.rgb), sample.mask))
    found = {name: summary(results) for name, results in groups.items()}
    _table(found, baselines)
    if asked.sheet:
        _sheet([each for results in groups.values() for each in results], asked.sheet)
    print(json.dumps({
        "groups": found,
        "baselines": {name: round(float(np.mean(values)), 4) for name, values in baselines.items()},
        "weights": str(asked.weights.name) if asked.weights else "not measured",
    }))  # fmt: skip


if __name__ == "__main__":
    main()
