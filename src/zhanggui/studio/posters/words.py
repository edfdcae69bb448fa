"""What a poster says. Whoever writes it (`copywriting`, a person, a model) hands it over so."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field, field_validator

from zhanggui.studio.facts import Facts
from zhanggui.studio.layout.blocks import Words

_MOST_POINTS = 4
_MOST_ROWS = 6


class PosterWords(BaseModel):
    """A poster's words.

    `headline` and `sub` may be several wordings, from the best to the shortest: where there is no
    room for one, the next is set. Money is in fen; `was_fen` is struck through, so whoever fills it
    has asked the rules whether it may be. `specs` and `checks` are rows of a name and a value: what
    the product is, and what one looks for and this one has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    headline: tuple[str, ...] = ()
    sub: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    name: str | None = None
    brand: str | None = None
    badge: str | None = None
    price_fen: int | None = Field(default=None, ge=0)
    was_fen: int | None = Field(default=None, ge=0)
    price_label: str | None = None
    coupon: str | None = None
    specs: tuple[tuple[str, str], ...] = ()
    checks: tuple[tuple[str, str], ...] = ()

    @field_validator("headline", "sub", mode="before")
    @classmethod
    def _wordings(cls, given: object) -> object:
        return (given,) if isinstance(given, str) else given

    def said(self) -> dict[str, Sequence[Words]]:
        """The wordings of each thing that slots hold, from the best to the shortest; what is not
        said is not there."""
        found: dict[str, Sequence[Words]] = {
            "headline": [each for each in self.headline if each.strip()],
            "sub": [each for each in self.sub if each.strip()],
            "points": _fewer(self.points[:_MOST_POINTS], 2),
            "specs": _fewer(self.specs[:_MOST_ROWS], 3),
            "checks": _fewer(self.checks[:_MOST_ROWS], 3),
        }
        for name in ("name", "brand", "badge", "coupon"):
            text = getattr(self, name)
            found[name] = [text] if text and text.strip() else []
        if self.price_fen is not None:
            now = money(self.price_fen)
            was = money(self.was_fen) if self.was_fen and self.was_fen > self.price_fen else ""
            label = self.price_label or ""
            forms = [(now, was, label), (now, was, ""), (now, "", "")]
            found["price"] = list(dict.fromkeys(forms))
        return {name: wordings for name, wordings in found.items() if wordings}


def money(fen: int) -> str:
    """As prices are written: ¥59, ¥59.9, ¥59.95."""
    yuan, rest = divmod(fen, 100)
    return f"¥{yuan}.{rest:02d}".removesuffix("0") if rest else f"¥{yuan}"


def from_facts(facts: Facts) -> PosterWords:
    """What can be said without a writer: the product's name, its points, its attributes, its price.
    The former price is not taken, for nobody has judged it here."""
    rows = tuple((name, _value(value)) for name, value in facts.attributes.items() if _value(value))
    title = facts.title.strip()
    name = title.split()[0] if title.split() else facts.category or ""
    points = tuple(point.strip().rstrip("。；;") for point in facts.points if point.strip())
    headline = (points[0], name) if points else (title, name)
    return PosterWords(
        headline=tuple(dict.fromkeys(each for each in headline if each)),
        sub=(title,) if points and title != points[0] else (),
        points=points[1:] or tuple(f"{name} {value}" for name, value in rows[:3]),
        name=name or None,
        brand=facts.brand or facts.shop,
        badge=facts.campaign,
        price_fen=facts.price_fen,
        coupon=facts.coupon,
        specs=rows,
        checks=rows[:4],
    )


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "、".join(str(each) for each in value)
    return "" if value is None or isinstance(value, dict) else str(value).strip()


def _fewer(rows: Sequence[object], least: int) -> list[Words]:
    """All rows, then one less, down to the least."""
    fewest = max(1, min(least, len(rows)))
    return [tuple(rows[:count]) for count in range(len(rows), fewest - 1, -1)] if rows else []  # type: ignore[misc]
