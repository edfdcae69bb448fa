"""The mark that people see, read or hear (GB 45438-2025, 5.1 to 5.4): words with both of its parts,
that a machine (人工智能 or AI) made it (生成 or 合成).

The words on a picture are white on a dark plate, so that they are read on light and on dark. Their
letters come from a cut of Noto Sans CJK that has these characters and no other (fonts/README.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

if TYPE_CHECKING:
    from PIL import Image, ImageFont

WORDS = "AI生成"
"""What stands on pictures and videos."""
HEIGHT = 0.05
"""The least height of the words, as a share of the picture's shorter side."""
SECONDS = 2.0
"""The least time for which a video begins with the badge. The standard means playing at the usual
speed."""
SPOKEN = "本内容由人工智能合成。"
"""What a voice says before the rest or after it."""
CHARACTERS_A_MINUTE = (120, 160)
"""How fast it says so: the standard's usual speed of Chinese speech."""
RHYTHM = (1, 3, 1, 1)
"""Instead of a voice, the lengths of four tones, short long short short: AI in Morse code."""

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
Edge = Literal["start", "end"]

_FONT = Path(__file__).parent / "fonts" / "label.otf"
_PLATE = (0, 0, 0, 168)
_INK = (255, 255, 255, 255)
_LEAST_LETTERS = 9
"""Pixels under which the strokes of 成 run into each other."""
_IN_TEXT = "（AI生成）"
_MACHINE, _MADE = ("人工智能", "AI"), ("生成", "合成")
_WINDOW = 24
"""Characters at a text's edge among which its mark is looked for."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A picture (RGBA) to lay over a frame with its left upper corner at `x`, `y`."""

    image: Image.Image
    x: int
    y: int


def badge(width: int, height: int, corner: Corner = "bottom_right") -> Badge:
    """The mark for a picture or a video frame of this size, in pixels. The video room lays it over
    the frames of at least the first :data:`SECONDS`.

    Raises Invalid for a picture too small for legible words.
    """
    from PIL import Image, ImageDraw

    shorter = min(width, height)
    font, ink = _letters(max(_LEAST_LETTERS, math.ceil(shorter * HEIGHT)))
    # By em, as type is set: half an em of plate beside the words, a third above and under them.
    left, top, right, bottom = font.getbbox(WORDS)
    beside, over, margin = ink // 2, ink // 3, ink // 2
    size = (math.ceil(right - left) + 2 * beside, math.ceil(bottom - top) + 2 * over)
    if size[0] + 2 * margin > width or size[1] + 2 * margin > height:
        raise Invalid(
            Text("图片太小，放不下可读的标识", "The picture is too small for a legible mark"),
            hint=Text("请生成更大的图片。", "Make a larger picture."),
            where="file",
        )
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), radius=over, fill=_PLATE)
    draw.text((beside - left, over - top), WORDS, font=font, fill=_INK)
    x = margin if corner.endswith("left") else width - size[0] - margin
    y = margin if corner.startswith("top") else height - size[1] - margin
    return Badge(image, x, y)


def on_picture(picture: Image.Image, corner: Corner = "bottom_right") -> Image.Image:
    """A copy of the picture with the mark in a corner; its mode is kept where colours allow, else
    RGB. Encode it, then write the label into its bytes. Raises Invalid as :func:`badge`."""
    marked = badge(picture.width, picture.height, corner)
    seen_through = "A" in picture.getbands() or "transparency" in picture.info
    copy = picture.convert("RGBA" if seen_through else "RGB")
    if seen_through:
        copy.alpha_composite(marked.image, (marked.x, marked.y))
    else:
        copy.paste(marked.image, (marked.x, marked.y), marked.image)
    copy.info = {name: each for name, each in picture.info.items() if name != "transparency"}
    return copy


def on_text(text: str, edge: Edge = "end") -> str:
    """A text with the mark before it or after it, unless it says so there by itself."""
    seen = text.strip()[:_WINDOW] if edge == "start" else text.strip()[-_WINDOW:]
    if any(word in seen for word in _MACHINE) and any(word in seen for word in _MADE):
        return text
    return _IN_TEXT + text if edge == "start" else text + _IN_TEXT


def spoken() -> str:
    """The words a speech engine says before or after a generated sound, at
    :data:`CHARACTERS_A_MINUTE`; one that cannot plays :data:`RHYTHM` in tones instead, each as many
    units long, with a unit of silence between them."""
    return SPOKEN


@lru_cache(maxsize=16)
def _letters(height: int) -> tuple[ImageFont.FreeTypeFont, int]:
    """The font in which even the lowest letter is `height` pixels high, and its em.

    The standard does not say which height of letters it means, so the least counts.
    """
    from PIL import ImageFont

    size = height
    while True:
        font = ImageFont.truetype(str(_FONT), size)
        heights = [bottom - top for _, top, _, bottom in map(font.getbbox, WORDS)]
        if min(heights) >= height:
            return font, size
        size += max(1, round((height - min(heights)) * 0.9))
