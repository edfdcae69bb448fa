"""Pictures as arrays: RGB, 8 bits a channel, height × width × 3; masks are height × width, 0–255.

OpenCV's order of channels stays inside the calls that need it: whoever hands an array on hands on
RGB. A picture is turned as its EXIF orientation says and brought to sRGB when it is read.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from zhanggui.base.errors import Invalid
from zhanggui.base.upright import upright
from zhanggui.base.words import Text

Pixels: TypeAlias = NDArray[np.uint8]

LARGEST_PIXELS = 60_000_000
NO_PICTURE = Text("这个文件不是能读的图片", "this file is no picture that can be read")
SEND_PICTURE = Text("请换成 JPG、PNG 或 WebP 图片", "send a JPG, PNG or WebP picture in its place")
TOO_MANY_PIXELS = Text("图片的像素太多", "the picture has too many pixels")
SHRINK = Text("请缩到 6000 万像素以内", "make it smaller than 60 megapixels")


class Size(NamedTuple):
    """A picture's width and height in pixels."""

    width: int
    height: int


class Box(NamedTuple):
    """A rectangle in pixels: left and top belong to it, right and bottom do not."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    def overlaps(self, other: Box) -> bool:
        """Whether the two share a pixel."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def read(source: Path | bytes) -> tuple[Pixels, Pixels | None]:
    """A picture's RGB and, where the file has one that says anything, its alpha.

    Raises Invalid for what is no picture or has more than :data:`LARGEST_PIXELS` pixels.
    """
    name = source.name if isinstance(source, Path) else None
    try:
        with Image.open(io.BytesIO(source) if isinstance(source, bytes) else source) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise Invalid(TOO_MANY_PIXELS, hint=SHRINK, where=name)
            picture = upright(opened)
            if picture.mode.startswith("I"):
                # Pillow would cut what is over 255 off, not scale it.
                picture = Image.fromarray((np.asarray(picture) / 257).clip(0, 255).astype(np.uint8))
            picture = _in_srgb(picture, opened.info.get("icc_profile"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise Invalid(NO_PICTURE, hint=SEND_PICTURE, where=name) from fault
    alpha = np.asarray(picture.getchannel("A"), dtype=np.uint8)
    rgb = np.ascontiguousarray(np.asarray(picture.convert("RGB"), dtype=np.uint8))
    return rgb, None if alpha.min() == 255 else np.ascontiguousarray(alpha)


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGBA in sRGB; a profile that cannot be read is passed over."""
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
        try:
            turned = ImageCms.profileToProfile(
                picture.convert("RGB") if picture.mode == "RGBA" else picture,
                ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError):
            return picture.convert("RGBA")
        if turned is not None:
            picture = turned.convert("RGBA")
            if alpha is not None:
                picture.putalpha(alpha)
    return picture.convert("RGBA")


def encoded(rgb: Pixels, ending: str, *, quality: int = 92) -> bytes:
    """The bytes of a `png`, `jpg` or `webp` file; the same pixels give the same bytes."""
    out = io.BytesIO()
    picture = Image.fromarray(rgb)
    if ending == "png":
        picture.save(out, "PNG", compress_level=6)
    elif ending == "jpg":
        picture.save(out, "JPEG", quality=quality, subsampling=0 if quality >= 90 else 2)
    elif ending == "webp":
        picture.save(out, "WEBP", quality=quality, method=4)
    else:
        raise ValueError(f"no ending of a picture: {ending!r}")
    return out.getvalue()


def within(data: Pixels, ending: str, most: int) -> bytes:
    """As :func:`encoded`, at the best quality of at most `most` bytes that is not below 60."""
    for quality in (92, 88, 84, 80, 75, 70, 65):
        found = encoded(data, ending, quality=quality)
        if len(found) <= most:
            return found
    return encoded(data, ending, quality=60)
