"""What a slot looks like at one size: pieces of type and shapes, in pixels from its upper left.

A block is data. The solver asks how large it is, the painter paints it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from zhanggui.studio.layout.model import Align, Role, Slot
from zhanggui.studio.lettering import Setting, Style, measure
from zhanggui.studio.lettering.fonts import Family

ShapeKind = Literal["pill", "card", "line", "dash", "tick", "ticket", "stub"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text set; pieces of one `group` are one text to a reader (¥ and its figures)."""

    text: str
    setting: Setting
    x: float
    y: float
    role: Role
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn; `role` names its colour in the palette."""

    kind: ShapeKind
    x: float
    y: float
    width: float
    height: float
    role: str


@dataclass(frozen=True, slots=True)
class Block:
    """One slot's content at one size of type."""

    width: float
    height: float
    size: float
    pieces: tuple[Piece, ...]
    shapes: tuple[Shape, ...] = ()
    lines: int = 1

    @property
    def roughness(self) -> float:
        """How ill the ends of all its lines look."""
        return sum(piece.setting.roughness for piece in self.pieces)

    def moved(self, x: float, y: float) -> Block:
        """The same, further right and down."""
        return replace(
            self,
            pieces=tuple(replace(each, x=each.x + x, y=each.y + y) for each in self.pieces),
            shapes=tuple(replace(each, x=each.x + x, y=each.y + y) for each in self.shapes),
        )


Words = str | Sequence[str] | Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all forms are given: the slot, its words, the size of type, the width there is and the
    smallest size at which anything is set, in pixels, how the zone aligns it and the family of
    display type."""

    slot: Slot
    words: Words
    size: float
    width: float
    least: float
    align: Align
    display: Family

    def style(self, **changes: object) -> Style:
        """The slot's type, with changes."""
        slot = self.slot
        base = Style(
            self.display if slot.display else "sans",
            slot.weight,
            slot.leading,
            slot.tracking,
            self.align,
        )
        return replace(base, **changes)  # type: ignore[arg-type]


def block(frame: Frame) -> Block | None:
    """The slot at this size; None where that does not go into the width or the lines allowed."""
    return _FORMS[frame.slot.form](frame)


def _set(text: str, style: Style, size: float, width: float, lines: int) -> Setting | None:
    setting = measure(text, style, size, width)
    return setting if setting.width <= width + 0.01 and len(setting.lines) <= lines else None


def _text(frame: Frame) -> Block | None:
    text = str(frame.words)
    setting = _set(text, frame.style(), frame.size, frame.width, frame.slot.most_lines)
    if setting is None:
        return None
    piece = Piece(text, setting, 0, 0, frame.slot.role)
    return Block(setting.width, setting.height, frame.size, (piece,), lines=len(setting.lines))


def _kicker(frame: Frame) -> Block | None:
    """A small line with a short rule before it."""
    inner, rule = _text(replace(frame, width=frame.width - 2.2 * frame.size)), 1.5 * frame.size
    if inner is None or inner.lines > 1:
        return None
    shift = rule + 0.7 * frame.size
    line = Shape("line", 0, 0.5 * frame.size, rule, max(2.0, 0.09 * frame.size), "accent")
    moved = inner.moved(shift, 0)
    return replace(moved, width=inner.width + shift, shapes=(line,))


def _pill(frame: Frame) -> Block | None:
    pad = 0.75 * frame.size
    setting = _set(str(frame.words), frame.style(), frame.size, frame.width - 2 * pad, 1)
    if setting is None:
        return None
    height = 1.75 * frame.size
    piece = Piece(str(frame.words), setting, pad, 0.375 * frame.size, "on_accent")
    shape = Shape("pill", 0, 0, setting.width + 2 * pad, height, "accent")
    return Block(setting.width + 2 * pad, height, frame.size, (piece,), (shape,))


def _points(frame: Frame) -> Block | None:
    """A list with ticks."""
    indent, y, wide, lines = 1.55 * frame.size, 0.0, 0.0, 0
    pieces, shapes = [], []
    for text in frame.words:
        style = frame.style(align="left")
        setting = _set(str(text), style, frame.size, frame.width - indent, frame.slot.most_lines)
        if setting is None:
            return None
        shapes.append(Shape("tick", 0, y - 0.02 * frame.size, frame.size, frame.size, "accent"))
        pieces.append(Piece(str(text), setting, indent, y, frame.slot.role))
        y += setting.height + 0.62 * frame.size
        wide, lines = max(wide, indent + setting.width), lines + len(setting.lines)
    height = y - 0.62 * frame.size
    return Block(wide, height, frame.size, tuple(pieces), tuple(shapes), lines - len(pieces) + 1)


def _cards(frame: Frame) -> Block | None:
    """The points as cards of one width side by side, each a text in its middle."""
    texts = [str(text) for text in frame.words]
    if not texts:
        return None
    gap, pad = 0.7 * frame.size, 0.75 * frame.size
    each = (frame.width - gap * (len(texts) - 1)) / len(texts)
    style = frame.style(align="centre")
    settings = [
        _set(text, style, frame.size, each - 2 * pad, frame.slot.most_lines) for text in texts
    ]
    found = [setting for setting in settings if setting is not None]
    if len(found) < len(texts):
        return None
    height = max(setting.height for setting in found) + 2 * pad
    pieces, shapes = [], []
    for number, (text, setting) in enumerate(zip(texts, found, strict=True)):
        left = number * (each + gap)
        shapes.append(Shape("card", left, 0, each, height, "panel"))
        x, y = left + (each - setting.width) / 2, (height - setting.height) / 2
        pieces.append(Piece(text, setting, x, y, "on_panel"))
    lines = max(len(setting.lines) for setting in found)
    return Block(frame.width, height, frame.size, tuple(pieces), tuple(shapes), lines)


def _price(frame: Frame) -> Block | None:
    """The price locked up: a small ¥, large figures, small decimals, the former price struck
    through beside them and a label over them. `words` are price, former price and label, any of
    the last two empty. `size` is the figures'."""
    price, was, label = (*frame.words, "", "")[:3]
    size, small = frame.size, 0.5 * frame.size
    whole, dot, cents = str(price).removeprefix("¥").partition(".")
    y = 0.0
    pieces: list[Piece] = []
    if label:
        named = measure(str(label), Style("sans", "bold"), max(0.3 * size, frame.least))
        pieces.append(Piece(str(label), named, 0, 0, frame.slot.role, "price_label"))
        y = named.height + 0.07 * size
    heavy = Style("sans", "black")
    sign, figures = measure("¥", heavy, small), measure(whole, heavy, size)
    base = y + 0.88 * size - 0.12 * size
    x = 0.0
    for text, setting in (
        (("¥", sign), (whole, figures), (dot + cents, measure(dot + cents, heavy, small)))
        if cents
        else (("¥", sign), (whole, figures))
    ):
        pieces.append(Piece(text, setting, x, base - 0.88 * setting.size, frame.slot.role, "price"))
        x += setting.width + 0.03 * size
    if was:
        former = measure(
            str(was), Style("sans", "regular", struck=True), max(0.36 * size, frame.least)
        )
        x += 0.22 * size
        role: Role = "on_accent" if frame.slot.role == "on_accent" else "muted"
        pieces.append(Piece(str(was), former, x, base - 0.88 * former.size, role, "was"))
        x += former.width + 0.04 * former.size
    width = max(x, *(piece.x + piece.setting.width for piece in pieces))
    if width > frame.width:
        return None
    # Figures have neither tails nor the height of ideographs: their em box is taller than they are.
    return Block(width, base + 0.06 * size, size, tuple(pieces))


def _coupon(frame: Frame) -> Block | None:
    """A ticket: a stub that says what it is, and what it gives."""
    size, pad = frame.size, 0.7 * frame.size
    stub = measure("优惠券", Style("sans", "bold"), 0.8 * size)
    stub_width = stub.width + 2 * 0.6 * size
    style = frame.style(align="centre")
    setting = _set(
        str(frame.words),
        style,
        size,
        frame.width - stub_width - 2 * pad,
        frame.slot.most_lines,
    )
    if setting is None:
        return None
    height = max(setting.height + 1.3 * size, 2.3 * size)
    width = stub_width + setting.width + 2 * pad
    pieces = (
        Piece("优惠券", stub, 0.6 * size, (height - stub.height) / 2, "on_accent"),
        Piece(
            str(frame.words), setting, stub_width + pad, (height - setting.height) / 2, "on_accent"
        ),
    )
    shapes = (
        Shape("ticket", 0, 0, width, height, "accent"),
        Shape("dash", stub_width, 0.16 * height, 0, 0.68 * height, "on_accent"),
    )
    return Block(width, height, size, pieces, shapes, len(setting.lines))


def _specs(frame: Frame) -> Block | None:
    """A table of names and values with rules between."""
    return _table(frame, ticks=False)


def _versus(frame: Frame) -> Block | None:
    """A table of what to look for and what this product has, with a tick before each value."""
    return _table(frame, ticks=True)


def _table(frame: Frame, *, ticks: bool) -> Block | None:
    rows = [(str(row[0]), str(row[1])) for row in frame.words]
    if not rows:
        return None
    size, pad = frame.size, 0.55 * frame.size
    label, value = Style("sans", "regular", align="left"), frame.style(align="left", weight="bold")
    named = max(measure(name, label, size).width for name, _ in rows)
    first = min(named, 0.45 * frame.width)
    indent = first + 1.4 * size + (1.4 * size if ticks else 0.0)
    pieces, shapes, y, lines = [], [], 0.0, 1
    for number, (name, text) in enumerate(rows):
        left = _set(name, label, size, first + 0.01, frame.slot.most_lines)
        right = _set(text, value, size, frame.width - indent - 0.1 * size, frame.slot.most_lines)
        if left is None or right is None:
            return None
        height = max(left.height, right.height) + 2 * pad
        muted: Role = "on_panel" if frame.slot.role == "on_panel" else "muted"
        pieces.append(Piece(name, left, 0, y + (height - left.height) / 2, muted))
        pieces.append(Piece(text, right, indent, y + (height - right.height) / 2, frame.slot.role))
        if ticks:
            x, middle = first + 1.1 * size, y + height / 2 - 0.5 * size
            shapes.append(Shape("tick", x, middle, size, size, "accent"))
        if number:
            shapes.append(Shape("line", 0, y, frame.width, max(1.0, 0.04 * size), "line"))
        y, lines = y + height, max(lines, len(right.lines))
    return Block(frame.width, y, size, tuple(pieces), tuple(shapes), lines)


_FORMS: dict[str, Callable[[Frame], Block | None]] = {
    "text": _text,
    "kicker": _kicker,
    "pill": _pill,
    "points": _points,
    "cards": _cards,
    "price": _price,
    "coupon": _coupon,
    "specs": _specs,
    "versus": _versus,
}
