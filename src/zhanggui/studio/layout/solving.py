"""Where everything comes.

For each arrangement that suits the picture's proportions and each corner for the AI mark, every
zone is a multiple-choice knapsack: each slot takes one of its options (a wording at a size, or
none), an option has a length and a cost, and the lengths must go into the zone. It is solved
exactly by keeping, slot after slot, the states that no other beats in both length and cost. The
cheapest arrangement wins, or, where a seed chooses, one that is nearly as cheap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio.layout.blocks import Block, Frame, Words, block
from zhanggui.studio.layout.model import Arrangement, Layout, Share, Slot, Zone
from zhanggui.studio.lettering.fonts import Family
from zhanggui.studio.pictures import Box, Size

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]
CORNERS: tuple[Corner, ...] = ("top_right", "bottom_right", "top_left", "bottom_left")

_STEP = 0.92
_LEAST = 2.6
"""The smallest type in any block, in the unit of :func:`unit_of`."""
_DROPPED = 2.0
"""What a dropped slot costs for each unit of its priority: as much as type of a third the size."""
_REWORDED, _EXTRA_LINE, _ROUGH = 0.45, 0.08, 4.0
_GENEROUS = 0.5
"""The product's side (root of its box's area) by the picture's at which it costs nothing."""
_PRODUCT = 22.0
_AIR = 2.2
"""How far everything keeps from the AI mark, in the unit of type."""
_LEFT = 0.8
"""What it costs to put the mark at the left, where reading begins."""
_NEARLY = 1.2
"""How much dearer than the best an arrangement may be for a seed to take it."""


class Placed(NamedTuple):
    """A slot where it comes: its block, in pixels of the picture."""

    slot: Slot
    block: Block


class Panel(NamedTuple):
    """What is laid under a zone."""

    kind: Literal["card", "bar", "accent_bar"]
    box: Box


@dataclass(frozen=True, slots=True)
class Solved:
    """A layout for one size: where the product may be, what stands where, what was left out, and
    the corner that is kept free for the AI mark."""

    arrangement: str
    product: Box
    placed: tuple[Placed, ...]
    panels: tuple[Panel, ...]
    dropped: tuple[str, ...]
    corner: Corner
    cost: float


class _Option(NamedTuple):
    length: float
    cost: float
    block: Block | None


def solve(
    layout: Layout,
    words: Mapping[str, Sequence[Words]],
    size: Size,
    product: tuple[float, float],
    *,
    marks: Mapping[Corner, Box],
    display: Family = "sans",
    seed: int = 0,
) -> Solved:
    """Arrange a layout in a picture of this size.

    `words` are, for each thing that slots hold, its wordings from the best to the shortest;
    `product` is the width and height of the product's box in any unit; `marks` is where the AI mark
    would lie in each corner. Raises Invalid where what may not be dropped does not go in.
    """
    ratio = size.width / size.height
    suited = [each for each in layout.arrangement if each.aspect[0] <= ratio <= each.aspect[1]]
    found = [
        solved
        for each in suited
        for corner, mark in marks.items()
        if (solved := _arranged(layout, each, words, size, product, corner, mark, display))
    ]
    if not found:
        raise Invalid(
            Text("文字太长，版式 {layout} 放不下", "the words are too long for {layout}").format(
                layout=layout.id
            ),
            hint=Text("请缩短标题，或换一个版式", "shorten the headline or take another layout"),
            where="headline",
        )
    best: dict[str, Solved] = {}
    for each in found:
        if each.arrangement not in best or each.cost < best[each.arrangement].cost:
            best[each.arrangement] = each
    least = min(each.cost for each in best.values())
    near = [each for each in best.values() if each.cost <= least + _NEARLY]
    return near[int(np.random.default_rng(seed).integers(len(near)))]


def unit_of(size: Size) -> float:
    """The pixels of one unit of type: a hundredth of the shorter side, and somewhat more in a long
    picture, which is looked at larger."""
    return float(min(size) / 100 * (max(size) / min(size)) ** 0.3)


def _arranged(
    layout: Layout,
    arrangement: Arrangement,
    words: Mapping[str, Sequence[Words]],
    size: Size,
    product: tuple[float, float],
    corner: Corner,
    mark: Box,
    display: Family,
) -> Solved | None:
    unit = unit_of(size)
    air = round(_AIR * unit)
    kept = Box(mark.left - air, mark.top - air, mark.right + air, mark.bottom + air)
    room = _clear(_pixels(arrangement.product, size), kept)
    cost = _product_cost(room, product, size) + (_LEFT if corner.endswith("left") else 0.0)
    placed: list[Placed] = []
    panels: list[Panel] = []
    dropped: list[str] = []
    slots = layout.slots()
    for zone in arrangement.zones:
        box = _clear(_pixels(zone.box, size), kept)
        chosen = _fill(zone, [slots[name] for name in zone.slots], words, box, unit, display)
        if chosen is None:
            return None
        cost += chosen.cost
        dropped += chosen.dropped
        placed += chosen.placed
        if zone.panel and chosen.placed:
            panels.append(Panel(zone.panel, _panel(zone, chosen.placed, box, size, unit)))
    return Solved(arrangement.id, room, tuple(placed), tuple(panels), tuple(dropped), corner, cost)


class _Filled(NamedTuple):
    placed: list[Placed]
    dropped: list[str]
    cost: float


def _fill(
    zone: Zone,
    slots: Sequence[Slot],
    words: Mapping[str, Sequence[Words]],
    box: Box,
    unit: float,
    display: Family,
) -> _Filled | None:
    """The cheapest way to fill a zone; None where what must be there does not fit."""
    said = [slot for slot in slots if words.get(slot.holds)]
    across = box.width if not zone.row else box.width / max(1, len(said)) * 1.6
    options = [
        _options(zone, slot, words[slot.holds], min(across, box.width), box, unit, display)
        for slot in [each.model_copy(update={"gap": 0.0}) for each in said[:1]] + said[1:]
    ]
    chosen = _cheapest(options, box.width if zone.row else box.height)
    if chosen is None:
        return None
    kept = [(slot, option.block) for slot, option in zip(said, chosen, strict=True) if option.block]
    dropped = [slot.id for slot, option in zip(said, chosen, strict=True) if option.block is None]
    return _Filled(_stand(zone, kept, box, unit), dropped, sum(option.cost for option in chosen))


def _options(
    zone: Zone,
    slot: Slot,
    wordings: Sequence[Words],
    width: float,
    box: Box,
    unit: float,
    display: Family,
) -> list[_Option]:
    """All that a slot may be here, with the gap before it."""
    found = [_Option(0.0, _DROPPED * slot.priority, None)] if slot.may_drop else []
    align = "left" if zone.row else zone.align
    for number, wording in enumerate(wordings):
        size = slot.ideal
        while size >= slot.smallest * 0.999:
            pixels = max(round(size * unit), 1)
            made = block(Frame(slot, wording, pixels, width, _LEAST * unit, align, display))
            if made is not None and (zone.row is False or made.height <= box.height):
                length = (made.width if zone.row else made.height) + slot.gap * unit
                cost = slot.priority * (
                    slot.ideal / size
                    - 1
                    + _REWORDED * number
                    + _EXTRA_LINE * (made.lines - 1)
                    + _ROUGH * made.roughness
                )
                found.append(_Option(length, cost, made))
            size *= _STEP
    return found


def _cheapest(options: Sequence[Sequence[_Option]], room: float) -> list[_Option] | None:
    """One option of each slot, together no longer than the room, at the least cost."""
    states: list[tuple[float, float, tuple[_Option, ...]]] = [(0.0, 0.0, ())]
    for several in options:
        grown = [
            (length + option.length, cost + option.cost, (*taken, option))
            for length, cost, taken in states
            for option in several
            # Where the first is dropped, the gap before the second is taken as if it were not,
            # which only keeps a little air.
            if length + option.length <= room
        ]
        grown.sort(key=lambda state: (state[0], state[1]))
        states, least = [], float("inf")
        for state in grown:
            if state[1] < least - 1e-9:
                states.append(state)
                least = state[1]
    return list(min(states, key=lambda state: state[1])[2]) if states else None


def _stand(zone: Zone, kept: Sequence[tuple[Slot, Block]], box: Box, unit: float) -> list[Placed]:
    """Set the blocks after one another."""
    gaps = [slot.gap * unit if index else 0.0 for index, (slot, _) in enumerate(kept)]
    lengths = [made.width if zone.row else made.height for _, made in kept]
    total = sum(gaps) + sum(lengths)
    if zone.row:
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[zone.align]
        at = box.left + share * (box.width - total)
    else:
        share = {"top": 0.0, "middle": 0.5, "bottom": 1.0}[zone.upright]
        at = box.top + share * (box.height - total)
    placed = []
    for (slot, made), gap, length in zip(kept, gaps, lengths, strict=True):
        at += gap
        if zone.row:
            placed.append(Placed(slot, made.moved(at, box.top + (box.height - made.height) / 2)))
        else:
            aside = {"left": 0.0, "centre": 0.5, "right": 1.0}[zone.align]
            placed.append(Placed(slot, made.moved(box.left + aside * (box.width - made.width), at)))
        at += length
    return placed


def _panel(zone: Zone, placed: Sequence[Placed], box: Box, size: Size, unit: float) -> Box:
    """A card around what stands there, a bar to the picture's edges."""
    pad = round(3.2 * unit)
    if zone.panel != "card":
        return Box(
            0 if box.left < 0.2 * size.width else box.left - pad,
            0 if box.top < 0.12 * size.height else box.top - pad,
            size.width if box.right > 0.8 * size.width or zone.row else box.right + pad,
            size.height if box.bottom > 0.88 * size.height else box.bottom + pad,
        )
    tops = [each.block.pieces[0].y for each in placed]
    shapes = [shape for each in placed for shape in each.block.shapes]
    pieces = [piece for each in placed for piece in each.block.pieces]
    top = min([*tops, *(piece.y for piece in pieces), *(shape.y for shape in shapes)])
    bottom = max(
        [piece.y + piece.setting.height for piece in pieces]
        + [shape.y + shape.height for shape in shapes]
    )
    return Box(box.left - pad, round(top) - pad, box.right + pad, round(bottom) + pad)


def _product_cost(room: Box, product: tuple[float, float], size: Size) -> float:
    if room.width <= 0 or room.height <= 0:
        return 1e6
    scale = min(room.width / product[0], room.height / product[1])
    side = math.sqrt(scale * scale * product[0] * product[1] / (size.width * size.height))
    return _PRODUCT * max(0.0, _GENEROUS - side) / _GENEROUS


def _pixels(share: Share, size: Size) -> Box:
    left, top, right, bottom = share
    return Box(
        round(left * size.width),
        round(top * size.height),
        round(right * size.width),
        round(bottom * size.height),
    )


def _clear(box: Box, kept: Box) -> Box:
    """The largest part of the box that leaves the mark's place free."""
    if not box.overlaps(kept):
        return box
    parts = (
        Box(box.left, box.top, box.right, kept.top),
        Box(box.left, kept.bottom, box.right, box.bottom),
        Box(box.left, box.top, kept.left, box.bottom),
        Box(kept.right, box.top, box.right, box.bottom),
    )
    return max(parts, key=lambda each: max(each.width, 0) * max(each.height, 0))
