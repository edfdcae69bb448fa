"""A finished picture's bytes, with both marks of what was generated.

The visible mark stands where it covers least of product and texts, and the number in the file's
label is the picture's own digest: the same picture gets the same label, whenever it is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from PIL import Image

from zhanggui.ai.marking import Label, Producer, mark, visible
from zhanggui.studio.facts import Facts
from zhanggui.studio.pictures import Box, Pixels, encoded, within

_NOBODY = "Zhanggui"
QUALITY = 95
_ALONG = 15


def label(facts: Facts, content: bytes) -> Label:
    """The label of something made for a shop, numbered by its content."""
    number = f"aigc_{hashlib.sha256(content).hexdigest()[:32]}"
    return Label.new(Producer("", (facts.shop or _NOBODY)[:60]), produce_id=number)


def marked(picture: Pixels, taken: Sequence[Box], corner: visible.Corner | None = None) -> Pixels:
    """The picture with the visible mark: in `corner`, else where along its edges the mark covers
    least of what is taken, corners before other places."""
    height, width = picture.shape[:2]
    badge = visible.badge(width, height, corner or "bottom_right")
    at = (badge.x, badge.y) if corner else _place(badge, (width, height), taken)
    seen = Image.fromarray(picture)
    seen.paste(badge.image, at, badge.image)
    return np.asarray(seen, dtype=np.uint8)


def _place(badge: visible.Badge, size: tuple[int, int], taken: Sequence[Box]) -> tuple[int, int]:
    across, down = badge.image.size
    right, bottom = badge.x, badge.y
    left, top = size[0] - across - right, size[1] - down - bottom
    # Clockwise from the corner where it usually stands.
    places = [(right, bottom), (left, bottom), (right, top), (left, top)]
    steps = [round(each) for each in np.linspace(left, right, _ALONG)[1:-1]]
    places += [(x, y) for y in (bottom, top) for x in steps]
    steps = [round(each) for each in np.linspace(top, bottom, _ALONG)[1:-1]]
    places += [(x, y) for x in (right, left) for y in steps]

    def covered(at: tuple[int, int]) -> int:
        box = Box(at[0], at[1], at[0] + across, at[1] + down)
        return sum(_shared(box, each) for each in taken)

    return min(places, key=covered)


def _shared(one: Box, other: Box) -> int:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(width, 0) * max(height, 0)


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
