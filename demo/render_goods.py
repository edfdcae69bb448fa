"""Render the demo goods into `demo/goods`: `python -m demo.render_goods [SKU...]`.

Needs the packages of `requirements-render.lock` and LLVM 16 or newer (Dr.Jit finds it, or
DRJIT_LIBLLVM_PATH names it). What is there already stays; `--anew` makes it again.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

from demo.rendering.goods import GOODS, Good
from demo.rendering.grounds import box_of_light, desk
from demo.rendering.scene import Pixels, mask, render

FOLDER = Path(__file__).parent / "goods"
FRAMES = 36
GROUNDS = {"frames": range(FRAMES), "grey": (1, 10, 20, 28), "clutter": (2, 12, 21, 30)}


def _seed(*parts: object) -> int:
    return zlib.crc32(" ".join(map(str, parts)).encode())


def _write(folder: Path, name: str, picture: Pixels, cover: Pixels) -> None:
    frames, masks = folder, folder.parent / "masks" if folder.name == "frames" else folder / "masks"
    frames.mkdir(parents=True, exist_ok=True)
    masks.mkdir(parents=True, exist_ok=True)
    Image.fromarray(cover).save(masks / f"{name}.png", optimize=True)
    Image.fromarray(picture).save(frames / f"{name}.webp", quality=88, method=6)


def draw(good: Good, ground: str, frame: int, size: int, samples: int) -> tuple[Pixels, Pixels]:
    """One frame of a product and its mask."""
    parts = good.build(np.random.default_rng(_seed(good.sku)))
    turn = 360 * frame / FRAMES
    behind = (
        desk(good.shot, _seed(good.sku, frame))
        if ground == "clutter"
        else box_of_light(good.shot, tone=0.93 if ground == "frames" else 0.55)
    )
    exposure = {"frames": 1.75, "grey": 1.5, "clutter": 1.2}[ground]
    seed = _seed(good.sku, ground, frame)
    picture = render(parts, behind, good.shot, turn=turn, size=size, samples=samples, seed=seed,
                     depth=12 if good.sku == "tumbler" else 6, exposure=exposure)  # fmt: skip
    return picture, mask(parts, good.shot, turn=turn, size=size, seed=seed)


def main() -> None:
    """Render what is asked for and not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("skus", nargs="*", metavar="SKU")
    parser.add_argument("--ground", choices=GROUNDS, action="append")
    parser.add_argument("--frame", type=int, action="append")
    parser.add_argument("--size", type=int, default=720)
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--into", type=Path, default=FOLDER)
    asked = parser.parse_args()
    for sku in asked.skus or GOODS:
        good = GOODS[sku]
        for ground in asked.ground or GROUNDS:
            for frame in asked.frame or GROUNDS[ground]:
                folder = asked.into / sku / ground
                if asked.anew or not (folder / f"{frame:03}.webp").exists():
                    _write(folder, f"{frame:03}",
                           *draw(good, ground, frame, asked.size, asked.samples))  # fmt: skip
                    print(sku, ground, frame, flush=True)
        facts = json.dumps(good.facts, ensure_ascii=False, indent=2)
        (asked.into / sku / "product.json").write_text(facts + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
