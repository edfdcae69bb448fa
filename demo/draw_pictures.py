"""Draw the demo shop's product pictures: ``python demo/draw_pictures.py [PRODUCT_ID ...]``.

Each picture is rendered at twice its size, scaled down, and saved as WebP below
25 KB. Drawing all takes about a quarter of an hour of CPU.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from drawing import linen, tableware, vessels, wood
from drawing.light import render
from PIL import Image

SIZE, OVERSIZE = 640, 1280
LARGEST = 24_000
SCENES = {**tableware.SCENES, **vessels.SCENES, **linen.SCENES, **wood.SCENES}


def draw(product_id: str, folder: Path) -> int:
    """Draw one product's picture into `folder`; the size of the file in bytes."""
    large = Image.fromarray(render(SCENES[product_id](), OVERSIZE))
    picture = large.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    content = b""
    for quality in (90, 86, 82, 76, 70, 60, 50, 40):
        buffer = BytesIO()
        picture.save(buffer, "WEBP", quality=quality, method=6)
        content = buffer.getvalue()
        if len(content) <= LARGEST:
            break
    (folder / f"{product_id}.webp").write_bytes(content)
    return len(content)


def main() -> None:
    """Draw the named pictures, or all."""
    folder = Path(__file__).parent / "pictures"
    folder.mkdir(exist_ok=True)
    for product_id in sys.argv[1:] or sorted(SCENES):
        print(product_id, draw(product_id, folder))


if __name__ == "__main__":
    main()
