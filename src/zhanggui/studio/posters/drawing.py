"""A poster drawn: ground, product, shapes, type, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zhanggui.ai.marking import visible
from zhanggui.base.errors import Invalid
from zhanggui.studio.brand import DEFAULT, Brand
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.layout import Layout, Placed, Solved, layout, solve
from zhanggui.studio.layout.blocks import Piece
from zhanggui.studio.layout.solving import CORNERS, Corner
from zhanggui.studio.lettering import Colour, contrast, ink_box
from zhanggui.studio.lettering import draw as lay
from zhanggui.studio.lettering.fonts import Family
from zhanggui.studio.manifest import Affine, TextBox
from zhanggui.studio.palettes import (
    Palette,
    Scheme,
    Share,
    lightness,
    palette,
    product_colours,
)
from zhanggui.studio.pictures import Box, Pixels, Size
from zhanggui.studio.posters import grounds, painting
from zhanggui.studio.posters.words import PosterWords
from zhanggui.studio.scenes.composing import compose, laid
from zhanggui.studio.scenes.glass import ground_colour, is_glass, seen_through
from zhanggui.studio.scenes.placing import LARGEST_SCALE, Placing
from zhanggui.studio.stages import Stage

_APART = 0.2
"""How much lighter or darker (OKLCH) than a product its ground is at least, where it can be."""
_CALM = 6.0
"""The contrast of type on a stage: more than on a plain ground, for a picture is uneasier."""
_SERIF_TONES = ("premium", "warm")


class Plate(NamedTuple):
    """A stage and its picture."""

    stage: Stage
    picture: Pixels


@dataclass(frozen=True)
class Drawn:
    """A poster. `texts` are what it says with the ink's boxes and the contrast measured; `affine`
    lays the frame's pixels into the picture and `box` is the product's; `mask` (0–255) is where the
    product's pixels are; `corner` is kept free for the AI mark; `dropped` are slots there was no
    room for; `style` is scheme and ground. `on_stage` says whether the stage asked for is shown:
    one on which the product has no place among the words is not."""

    picture: Pixels
    texts: tuple[TextBox, ...]
    affine: Affine
    box: Box
    mask: Pixels
    corner: Corner
    arrangement: str
    style: str
    dropped: tuple[str, ...]
    on_stage: bool


def draw(
    cutout: Cutout,
    words: PosterWords,
    layout_id: str,
    size: Size,
    *,
    brand: Brand = DEFAULT,
    stage: Plate | None = None,
    seed: int = 0,
) -> Drawn:
    """Draw a poster in a layout; `seed` chooses colours, ground and arrangement.

    Raises NotFound for an unknown layout and Invalid where the words have no room.
    """
    plan = layout(layout_id)
    random = np.random.default_rng(seed)
    colours = product_colours(cutout, seed=seed)
    scheme = _scheme(plan, colours, random)
    if stage is not None:
        scheme = _on_plate(plan, stage.picture, random)
    look = palette(scheme, brand, colours, turn=float(random.uniform(-14, 14)))
    ground = plan.grounds[int(random.integers(len(plan.grounds)))]
    bounds = cutout.box
    solved = solve(
        plan,
        words.said(),
        size,
        (bounds.width, bounds.height),
        marks=_marks(size),
        display=_display(brand, random),
        seed=int(random.integers(2**31)),
    )
    painted = _product(cutout, solved, size, look, ground, stage, random)
    texts = _write(painted, solved, look)
    picture = np.ascontiguousarray(painted.rgba[..., :3])
    return Drawn(
        picture,
        texts,
        painted.affine,
        painted.box,
        painted.mask,
        solved.corner,
        solved.arrangement,
        f"{scheme}/{stage.stage.style if stage and painted.on_stage else ground}",
        solved.dropped,
        painted.on_stage,
    )


def _display(brand: Brand, random: np.random.Generator) -> Family:
    if brand.display is not None:
        return brand.display
    chance = 0.65 if brand.tone in _SERIF_TONES else 0.2 if brand.tone == "plain" else 0.0
    return "serif" if random.random() < chance else "sans"


def _scheme(plan: Layout, colours: Sequence[Share], random: np.random.Generator) -> Scheme:
    """A scheme on which the product stands out from its ground."""
    mean = sum(lightness(each.colour) * each.share for each in colours)
    near = {"light": 0.95, "paper": 0.96, "tint": 0.85, "deep": 0.28, "night": 0.18}

    def apart(scheme: Scheme) -> float:
        return abs(near.get(scheme, 0.48) - mean)

    clear = [each for each in plan.schemes if apart(each) > _APART]
    several = clear or [max(plan.schemes, key=apart)]
    return several[int(random.integers(len(several)))]


def _on_plate(plan: Layout, plate: Pixels, random: np.random.Generator) -> Scheme:
    """A scheme as dark or light as a stage."""
    red, green, blue = plate[::8, ::8].reshape(-1, 3).mean(axis=0).astype(int).tolist()
    dark = lightness((red, green, blue)) < 0.62
    several: tuple[Scheme, ...] = ("deep", "night", "festive") if dark else ("light", "paper")
    found = [each for each in plan.schemes if each in several] or [several[0]]
    return found[int(random.integers(len(found)))]


def _marks(size: Size) -> dict[Corner, Box]:
    """Where the AI mark would lie in each corner; nowhere in a picture too small for it."""
    try:
        badges = {corner: visible.badge(size.width, size.height, corner) for corner in CORNERS}
    except Invalid:
        return {"bottom_right": Box(0, 0, 0, 0)}
    return {
        corner: Box(each.x, each.y, each.x + each.image.width, each.y + each.image.height)
        for corner, each in badges.items()
    }


@dataclass
class _Painted:
    rgba: Pixels
    affine: Affine
    box: Box
    mask: Pixels
    on_stage: bool = False


def _product(
    cutout: Cutout,
    solved: Solved,
    size: Size,
    look: Palette,
    ground: str,
    stage: Plate | None,
    random: np.random.Generator,
) -> _Painted:
    """The ground with its panels, and the product on it."""
    rgba = np.full((size.height, size.width, 4), 255, np.uint8)
    unit = min(size) / 100
    if stage is not None:
        scene = compose(
            cutout,
            stage.stage,
            stage.picture,
            size,
            seed=int(random.integers(2**31)),
            within=solved.product,
        )
        if _is_free(scene.box, solved, size):
            rgba[..., :3] = scene.picture
            for each in solved.panels:
                painting.panel(painting.canvas_of(rgba), each, look, unit)
            _calmed(rgba[..., :3], solved, look, scene.mask)
            return _Painted(rgba, scene.affine, scene.box, scene.mask, on_stage=True)
    placing, box = _placed(cutout, solved.product, size)
    canvas = painting.canvas_of(rgba)
    grounds.paint(ground, canvas, size, box, look, random)
    for each in solved.panels:
        painting.panel(canvas, each, look, unit)
    rgb, alpha = laid(cutout, placing)
    painting.shadowed(rgba, alpha, box, 0.5 if lightness(look.ground) > 0.5 else 0.65)
    if is_glass(cutout):
        rgb = seen_through(rgb, np.ascontiguousarray(rgba[..., :3]), ground_colour(cutout))
    _over(rgba, rgb, alpha)
    mask = np.rint(alpha * 255).astype(np.uint8)
    (a, b, c), (d, e, f) = placing.product.tolist()
    return _Painted(rgba, ((a, b, c), (d, e, f)), box, mask)


def _is_free(box: Box, solved: Solved, size: Size) -> bool:
    """Whether a product there touches no words, no panel and not the AI mark."""
    taken = [_extent(placed) for placed in solved.placed]
    taken += [each.box for each in solved.panels] + [_marks(size)[solved.corner]]
    return not any(box.overlaps(each) for each in taken)


def _extent(placed: Placed) -> Box:
    """The bounds of a slot's type and shapes."""
    block = placed.block
    sides = [
        (each.x, each.y, each.x + each.setting.width, each.y + each.setting.height)
        for each in block.pieces
    ] + [(each.x, each.y, each.x + each.width, each.y + each.height) for each in block.shapes]
    left, top, right, bottom = zip(*sides, strict=True)
    return Box(int(min(left)), int(min(top)), int(max(right)) + 1, int(max(bottom)) + 1)


def _calmed(rgb: Pixels, solved: Solved, look: Palette, mask: Pixels) -> None:
    """Veil a stage, in place, with the palette's ground behind whole slots whose type would not
    read on it: one soft veil looks like mist, many small ones like patches."""
    for placed in solved.placed:
        roles = {piece.role for piece in placed.block.pieces}
        if roles & {"on_accent", "on_panel"}:
            continue
        box = _extent(placed)
        contrast.scrim(rgb, box, look.ink, colour=look.ground, keep=mask, enough=_CALM)
        if "muted" in roles or "accent" in roles:
            contrast.scrim(rgb, box, look.muted, colour=look.ground, keep=mask)


def _placed(cutout: Cutout, room: Box, size: Size) -> tuple[Placing, Box]:
    """The product as large as its room, standing at its foot or, where that leaves much air, a
    little above."""
    bounds = cutout.box
    scale = min(room.width / bounds.width, room.height / bounds.height, LARGEST_SCALE)
    width, height = scale * bounds.width, scale * bounds.height
    left = room.left + (room.width - width) / 2
    top = room.top + 0.62 * (room.height - height)
    matrix = np.array(
        [[scale, 0.0, left - scale * bounds.left], [0.0, scale, top - scale * bounds.top]]
    )
    box = Box(int(left), int(top), int(np.ceil(left + width)), int(np.ceil(top + height)))
    return Placing(np.eye(2, 3), matrix, (left + width / 2, top + height), 1.0, size), box


def _over(rgba: Pixels, rgb: Pixels, alpha: NDArray[np.float32]) -> None:
    """Lay the product over what is there."""
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    if not len(rows):
        return
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    weight = alpha[part][..., None]
    under = rgba[part][..., :3]
    under[:] = np.rint(rgb[part] * weight + under * (1 - weight)).astype(np.uint8)


def _write(painted: _Painted, solved: Solved, look: Palette) -> tuple[TextBox, ...]:
    """Paint the shapes of all slots, then set their type."""
    canvas = painting.canvas_of(painted.rgba)
    for placed in solved.placed:
        for each in placed.block.shapes:
            colour: Colour = getattr(look, each.role)
            under = look.on_accent if each.kind == "tick" else look.ground
            painting.shape(canvas, each, colour, under)
    rgb = painted.rgba[..., :3]
    before = rgb.copy()
    found: list[TextBox] = []
    for placed in solved.placed:
        found += _texts(rgb, before, placed, look, painted.mask)
    return tuple(found)


def _texts(
    rgb: Pixels, before: Pixels, placed: Placed, look: Palette, mask: Pixels
) -> list[TextBox]:
    """Set a slot's pieces; those of one group become one text."""
    found: list[TextBox] = []
    last: str | None = None
    inks: dict[str | None, Colour] = {}
    for piece in placed.block.pieces:
        if piece.group is None or piece.group not in inks:
            several = [
                each
                for each in placed.block.pieces
                if each is piece or (each.group is not None and each.group == piece.group)
            ]
            inks[piece.group] = _ink(rgb, before, several, look, mask)
        ink = inks[piece.group]
        box = lay(rgb, piece.setting, (piece.x, piece.y), ink)
        reached = contrast.behind(before, box, ink)
        if piece.group is not None and piece.group == last:
            former = found.pop()
            left, top, right, bottom = former.box
            box = Box(
                min(left, box.left),
                min(top, box.top),
                max(right, box.right),
                max(bottom, box.bottom),
            )
            reached = min(reached, former.contrast or reached)
            text = former.text + piece.text
        else:
            text = piece.text
        last = piece.group
        slot = piece.group or placed.slot.id
        found.append(
            TextBox(
                text=text,
                slot=slot,
                box=(box.left, box.top, box.right, box.bottom),
                contrast=round(reached, 2),
            )
        )
    return found


_PLAIN = (contrast.WHITE, contrast.NEARLY_BLACK, contrast.BLACK)


def _reads(picture: Pixels, boxes: Sequence[Box], ink: Colour) -> bool:
    return all(contrast.behind(picture, box, ink) >= contrast.ENOUGH for box in boxes)


def _ink(
    rgb: Pixels, before: Pixels, pieces: Sequence[Piece], look: Palette, mask: Pixels
) -> Colour:
    """The colour of the pieces' role if it reads there, else a shade of it, else black or white,
    with a veil behind it as the last resort."""
    boxes = [ink_box(piece.setting, (piece.x, piece.y)) for piece in pieces]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = Box(min(lefts), min(tops), max(rights), max(bottoms))
    wanted: Colour = getattr(look, pieces[0].role)
    part = before[box.top : box.bottom, box.left : box.right].reshape(-1, 3)
    red, green, blue = np.median(part, axis=0).astype(int).tolist()
    shade = contrast.toned(wanted, (red, green, blue), 5.2)
    ink = next((each for each in (wanted, shade, *_PLAIN) if _reads(before, boxes, each)), None)
    if ink is None:
        ink = contrast.best_ink(before, box)
        for each in boxes:
            contrast.scrim(rgb, each, ink, keep=mask)
        before[:] = rgb
    return ink
