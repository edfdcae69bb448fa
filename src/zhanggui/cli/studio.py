"""``zhanggui studio``: cut-outs and all that a listing needs, on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zhanggui.cli import app

if TYPE_CHECKING:
    from zhanggui.studio.cutting import Cutout

studio = typer.Typer(help="创意工作室 · the creative studio", no_args_is_help=True)
app.add_typer(studio, name="studio")

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]


@studio.command("cutout")
def cutout(
    source: Annotated[Path, typer.Argument(metavar="IN", help="图片 · a picture")],
    out: Annotated[Path, typer.Option(help="透明底 PNG · where the PNG goes")],
    seed: Annotated[int, typer.Option(help="随机种子 · the seed")] = 0,
    as_json: AsJson = False,
) -> None:
    """抠出商品，存成透明底 PNG · Cut the product out into a PNG with alpha."""
    import json

    from zhanggui.base.words import Text
    from zhanggui.studio import pictures
    from zhanggui.studio.cutting import cut, told, weights

    rgb, alpha = pictures.read(source)
    found = cut(rgb, alpha, seed=seed, weights=weights.find(), twice=True)
    _write(out, found)
    if as_json:
        names = ("method", "confidence", "doubts", "box")
        print(json.dumps({"path": str(out), **{name: getattr(found, name) for name in names}}))
        return
    print(f"✓ {out} ({found.method}, {found.confidence:.2f})")
    for doubt in found.doubts:
        print(f"  ? {told(doubt)}")
    if found.doubts:
        print(Text("  用之前请看一眼", "  look at it before it is used"))


def _write(out: Path, found: Cutout) -> None:
    """Write a PNG with alpha, whole or not at all."""
    import numpy as np
    from PIL import Image

    out.parent.mkdir(parents=True, exist_ok=True)
    beside = out.with_name(out.name + ".part")
    Image.fromarray(np.dstack([found.rgb, found.alpha])).save(beside, "PNG", compress_level=6)
    beside.replace(out)
