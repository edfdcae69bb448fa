"""Pictures turned as the camera says that it was held."""

from __future__ import annotations

from typing import Final

from PIL import Image

_ORIENTATION: Final = 0x0112
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def upright(picture: Image.Image) -> Image.Image:
    """The picture as it is seen; itself where it need not be turned.

    Pillow's own ``exif_transpose`` writes the other tags anew, and breaks on those that are broken.
    """
    turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    return picture if turn is None else picture.transpose(turn)
