"""Choosing frames and filling them: never the same frame twice while another is left, never a line
that a check finds something in."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence

from zhanggui.studio.copywriting.grounding import grounded
from zhanggui.studio.copywriting.reading import Aspect, Product
from zhanggui.studio.copywriting.takes import Line

Lawful = Callable[[str], Sequence[str]]
"""What a checker of law and platform rules finds in a text; nothing for a lawful one."""

_FIELD = re.compile(r"\{(\w+)\}")
_YARNS = re.compile(r"(?:[\u4e00-\u9fff]{1,6}\d+(?:\.\d+)?%[\s、，/]*){2,}")
_WRITTEN_OUT = 34
"""Characters of a value over which it is left to the table of a page."""


class Composer:
    """Fills frames with a product's words; all takes of a product share one, so that they differ.

    `rng` decides in which order frames are used; the same product and seed read the same.
    """

    def __init__(self, product: Product, rng: random.Random, lawful: Lawful) -> None:
        self.product = product
        self.rng = rng
        self.dropped: list[str] = []
        self._lawful = lawful
        self._turns: dict[str, list[str]] = {}
        self._found: dict[str, tuple[str, ...]] = {}

    def holds(self, text: str) -> bool:
        """Whether neither the facts nor the rules have anything against a text."""
        return not self.found(text)

    def found(self, text: str) -> tuple[str, ...]:
        """What a text claims without a fact, and what the rules find in it."""
        if text not in self._found:
            claims = [claim.word for claim in grounded(text, self.product.facts)]
            self._found[text] = (*claims, *self._lawful(text))
        return self._found[text]

    def kept(self, text: str) -> bool:
        """As :meth:`holds`, and a text that does not is noted among what was dropped."""
        found = self.found(text)
        if found:
            self.dropped.append(f"{text}（{'、'.join(found)}）")
        return not found

    def turn(self, place: str, frames: Sequence[str]) -> list[str]:
        """The frames in the order of their turn: those used longest ago first."""
        order = self._turns.get(place)
        if order is None or set(order) != set(frames):
            order = list(dict.fromkeys(frames))
            self.rng.shuffle(order)
            self._turns[place] = order
        return list(order)

    def say(
        self,
        place: str,
        frames: Sequence[str],
        *,
        rests_on: tuple[str, ...] = (),
        longest: int | None = None,
        unlike: Iterable[str] = (),
        filling: dict[str, str] | None = None,
        **values: str,
    ) -> Line | None:
        """The next frame that is short enough, unlike what was said, and holds; or None."""
        filled = self.product.values | (filling or {}) | values
        said = tuple(unlike)
        for frame in self.turn(place, frames):
            if any(name not in filled for name in _FIELD.findall(frame)):
                continue
            text = _tidied(frame.format(**filled))
            if _repeats(frame, filled):
                continue
            if longest is not None and len(text) > longest:
                continue
            if alike(text, said, apart=tuple(filled.values())) or not self.kept(text):
                continue
            self._turns[place].remove(frame)
            self._turns[place].append(frame)
            return Line(text=text, rests_on=rests_on)
        return None

    def told(self, aspect: Aspect, *, unlike: Iterable[str] = ()) -> Line | None:
        """A sentence on one aspect, as its sign wants it."""
        kind, kin = aspect.kind, self.product.kin
        place = f"{kind.id}.{aspect.sign}"
        values = _values(aspect)
        if aspect.meant and aspect.sign != "cannot":
            meant = self.say(f"meant.{aspect.name}", aspect.meant, rests_on=(aspect.name,),
                             unlike=unlike, filling=values)  # fmt: skip
            if meant:
                return meant
        if aspect.sign == "said":
            frames: Sequence[str] = kind.frames("says", kin) or ("{name}：{full}。",)
        elif aspect.sign == "can":
            frames = _with_rest(kind.can or ("有{name}。",), aspect)
        else:
            frames = _with_rest(kind.cannot or ("{name}：{full}。",), aspect)
        if len(aspect.full) > _WRITTEN_OUT:
            frames = [frame for frame in frames if "{full}" not in frame]
        return self.say(place, frames, rests_on=(aspect.name,), unlike=unlike, filling=values)

    def head(self, aspect: Aspect, longest: int, *, unlike: Iterable[str] = ()) -> Line | None:
        """A few words on one aspect for a card or a badge."""
        kind = aspect.kind
        frames: Sequence[str] = kind.frames("heads", self.product.kin)
        named = kind.group in ("appliance", "stove", "safety")
        if aspect.sign == "cannot" or (kind.group == "appliance" and aspect.sign == "said"):
            return None
        if aspect.sign == "can" and not named:
            frames = ("支持{name}",) if aspect.full.startswith("支持") else ("带{name}", "有{name}")
        return self.say(
            f"{kind.id}.head.{longest}", frames, rests_on=(aspect.name,), longest=longest,
            unlike=unlike, filling=_values(aspect) | {"v": _compact(aspect.short)},
        )  # fmt: skip


def _values(aspect: Aspect) -> dict[str, str]:
    values = {"name": aspect.name, "v": aspect.short, "full": aspect.full}
    values["c"] = f"{aspect.short}色" if len(aspect.short) == 1 else aspect.short
    return values | ({"rest": aspect.rest} if aspect.rest else {})


def _compact(value: str) -> str:
    """Yarns without their shares where there are several: 醋酸纤维、聚酯纤维."""
    if len(value) <= 10 or not _YARNS.fullmatch(value):
        return value
    return "、".join(re.findall(r"([\u4e00-\u9fff]+)\d", value))


def _repeats(frame: str, filled: dict[str, str]) -> bool:
    """Whether a frame says an attribute's name that its value or the frame itself says already."""
    name = filled.get("name", "")
    if not name or "{name}" not in frame:
        return False
    other = frame.replace("{name}", "")
    said = "".join(filled.get(field, "") for field in _FIELD.findall(other))
    return name in other or (name in said and filled.get("full", "") != "" and len(name) > 1)


def _with_rest(frames: Sequence[str], aspect: Aspect) -> Sequence[str]:
    """Frames that say what follows the yes or no, where something does."""
    told = "".join(frames)
    if not aspect.rest or "{full}" in told or aspect.rest in told:
        return [frame for frame in frames if "{rest}" not in frame]
    own = [frame for frame in frames if "{rest}" in frame]
    return own or [frame[:-1].partition("，")[0] + "，{rest}。" for frame in frames]


def alike(text: str, others: Sequence[str], *, apart: Sequence[str] = (), run: int = 5) -> bool:
    """Whether a text shares `run` characters in a row with another, the product's own words
    aside: two sentences that say a thing in the same words read as one."""
    own = _runs(_blanked(text, apart), run)
    return any(own & _runs(_blanked(other, apart), run) for other in others)


def _blanked(text: str, apart: Sequence[str]) -> str:
    for each in sorted(apart, key=len, reverse=True):
        if len(each) > 1:
            text = text.replace(each, "\n")
    return text


def _runs(text: str, run: int) -> set[str]:
    return {
        text[place : place + run]
        for place in range(len(text) - run + 1)
        if "\n" not in text[place : place + run]
    }


def _tidied(text: str) -> str:
    """Without doubled marks, which values that end in one leave."""
    text = re.sub(r"([。；，：])[。；，]+", r"\1", text).replace("是约", "约")
    return re.sub(r"([\u4e00-\u9fff]{2,8})\1", r"\1", text)
