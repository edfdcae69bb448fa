"""A layout as it is written down."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from zhanggui.base.errors import NotFound
from zhanggui.base.words import Text
from zhanggui.studio.lettering.fonts import Weight
from zhanggui.studio.palettes import Scheme

Form = Literal["text", "kicker", "pill", "points", "cards", "price", "coupon", "specs", "versus"]
Role = Literal["ink", "muted", "accent", "on_accent", "on_panel"]
Align = Literal["left", "centre", "right"]
Share = tuple[float, float, float, float]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Slot(_Written):
    """A place for words.

    `holds` names what of the poster's words comes here. Sizes of type and `gap` (to what stands
    before it in its zone) are in about hundredths of the shorter side (`solving.unit_of`);
    `priority` is what a smaller type or a dropped slot costs; one that `may_drop` is left out
    before others get too small.
    """

    id: str
    holds: str
    form: Form = "text"
    display: bool = False
    weight: Weight = "regular"
    role: Role = "ink"
    ideal: float = Field(gt=0)
    smallest: float = Field(gt=0)
    priority: float = Field(default=3, gt=0)
    may_drop: bool = True
    most_lines: int = 2
    leading: float = 1.3
    tracking: float = 0.0
    gap: float = 3.0

    def model_post_init(self, context: object, /) -> None:
        """Raises ValueError for sizes in the wrong order."""
        if self.smallest > self.ideal:
            raise ValueError(f"{self.id}: the smallest size is over the ideal one")


class Zone(_Written):
    """A rectangle (shares of width and height) in which slots stand under one another, or beside
    one another in a `row`; `panel` is what is laid under them: a `card` as large as they are, or a
    `bar` as large as the zone, to the picture's edges."""

    box: Share
    slots: tuple[str, ...]
    align: Align = "left"
    upright: Literal["top", "middle", "bottom"] = "middle"
    row: bool = False
    panel: Literal["card", "bar", "accent_bar"] | None = None


class Arrangement(_Written):
    """Where product and zones lie in pictures whose width by height lies in `aspect`."""

    id: str
    aspect: tuple[float, float]
    product: Share
    zones: tuple[Zone, ...]


class Layout(_Written):
    """One layout: `needs` are words without which it makes no sense; `schemes` and `grounds` are
    what it may be drawn on, of which a seed takes one each."""

    id: str
    zh: str
    en: str
    purpose_zh: str
    purpose_en: str
    needs: tuple[str, ...] = ()
    schemes: tuple[Scheme, ...]
    grounds: tuple[str, ...]
    slot: tuple[Slot, ...]
    arrangement: tuple[Arrangement, ...]

    def model_post_init(self, context: object, /) -> None:
        """Raises ValueError for a zone that names a slot which is not there, or twice."""
        known = {slot.id for slot in self.slot}
        for each in self.arrangement:
            named = [name for zone in each.zones for name in zone.slots]
            if len(set(named)) < len(named) or not known.issuperset(named):
                raise ValueError(f"{self.id}/{each.id}: a slot is unknown or stands twice")

    @property
    def purpose(self) -> Text:
        """What it is for."""
        return Text(self.purpose_zh, self.purpose_en)

    def slots(self) -> dict[str, Slot]:
        """By their ids."""
        return {slot.id: slot for slot in self.slot}


@lru_cache(maxsize=1)
def layouts() -> dict[str, Layout]:
    """All that the package has, by id."""
    folder = Path(__file__).with_name("layouts")
    found = [
        Layout.model_validate(tomllib.loads(path.read_text("utf-8")))
        for path in sorted(folder.glob("*.toml"))
    ]
    return {each.id: each for each in found}


def layout(name: str) -> Layout:
    """One by its id; raises NotFound with the ids there are."""
    found = layouts().get(name)
    if found is None:
        raise NotFound(
            Text("没有这个版式：{name}", "there is no such layout: {name}").format(name=name),
            hint=Text("可选：{known}", "choose among: {known}").format(known=", ".join(layouts())),
            where="layout",
        )
    return found
