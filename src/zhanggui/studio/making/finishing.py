"""A finished picture's bytes, with both marks of what was generated.

The visible mark stands in the corner where it covers least of the product, and the number in the
file's label is the picture's own digest: the same picture gets the same label, whenever it is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from PIL import Image

from zhanggui.ai.marking import Label, Producer, mark, visible
from zhanggui.studio.facts import Facts
from zhanggui.studio.pictures import Box, Pixels, encoded, within

_CORNERS: tuple[visible.Corner, ...] = ("bottom_right", "bottom_left", "top_right", "top_left")
_NOBODY = "Zhanggui"
QUALITY = 95


def label(facts: Facts, content: bytes) -> Label:
    """The label of something made for a shop, numbered by its content."""
    number = f"aigc_{hashlib.sha256(content).hexdigest()[:32]}"
    return Label.new(Producer("", (facts.shop or _NOBODY)[:60]), produce_id=number)


def badge_box(size: tuple[int, int], corner: visible.Corner) -> Box:
    """Where the visible mark stands in a picture of this size."""
    badge = visible.badge(*size, corner)
    return Box(badge.x, badge.y, badge.x + badge.image.width, badge.y + badge.image.height)


def free_corner(size: tuple[int, int], taken: Sequence[Box]) -> visible.Corner:
    """The corner in which the mark covers least of what must be seen."""
    return min(
        _CORNERS, key=lambda corner: sum(_shared(badge_box(size, corner), each) for each in taken)
    )


def _shared(one: Box, other: Box) -> int:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0) * max(height, 0)


def marked(picture: Pixels, taken: Sequence[Box], corner: visible.Corner | None = None) -> Pixels:
    """The picture with the visible mark, in `corner` or where it covers least of what is taken."""
    height, width = picture.shape[:2]
    corner = corner or free_corner((width, height), taken)
    return np.asarray(visible.on_picture(Image.fromarray(picture), corner), dtype=np.uint8)


def finished(
    picture: Pixels,
    facts: Facts,
    *,
    taken: Sequence[Box] = (),
    corner: visible.Corner | None = None,
    most: int | None = None,
) -> bytes:
    """The bytes of a JPEG that bears both marks; at most `most` of them if given."""
    return labelled(marked(picture, taken, corner), facts, most=most)


def labelled(seen: Pixels, facts: Facts, *, most: int | None = None) -> bytes:
    """The bytes of a JPEG with the mark that machines read, of a picture that bears the other or,
    as a part of a page that does, needs none."""
    # A label is under two kilobytes.
    data = encoded(seen, "jpg", quality=QUALITY)
    if most is not None and len(data) > most - 4096:
        data = within(seen, "jpg", most - 4096)
    return mark(data, label(facts, data))
