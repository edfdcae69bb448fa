"""Short words: headlines, lines under them and badges for posters, captions for film."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting.composing import Composer
from zhanggui.studio.copywriting.lexicon import phrases
from zhanggui.studio.copywriting.takes import Line, Point, PosterWords

SHORT, MIDDLE, LONG = 6, 10, 16
"""Characters of a headline that fits a badge, one line, and two lines of a poster."""
CAPTION = 14
_BADGE = 8
_SUB = 18


def poster_words(composer: Composer, points: Sequence[Point]) -> PosterWords:
    """Headlines from short to long, subs and badges; none says what another of its kind says."""
    trade = composer.product.trade
    headlines = [
        composer.say("poster.short", trade.short, longest=SHORT),
        _named(composer, MIDDLE),
        composer.say("poster.long", trade.long, longest=LONG),
    ]
    badges = _badges(composer)
    heads = [point.head for point in points if len(point.head) <= _SUB and _tells(point)]
    subs = [
        Line(text=text, rests_on=_rests(points, text))
        for text in _subs(heads)
        if len(text) <= _SUB and composer.kept(text)
    ]
    return PosterWords(
        headlines=tuple(sorted((each for each in headlines if each), key=lambda e: len(e.text))),
        subs=tuple(subs[:4]),
        badges=tuple(badges),
    )


def _tells(point: Point) -> bool:
    """Whether a head says more than what it is about."""
    return point.head not in point.rests_on


def _named(composer: Composer, longest: int) -> Line | None:
    product = composer.product
    name = product.title if len(product.title) <= longest else product.noun
    return Line(text=name, rests_on=("title",)) if composer.kept(name) else None


def _subs(heads: Sequence[str]) -> list[str]:
    joined = [f"{first} · {second}" for first, second in pairwise(heads)]
    return [*joined, *heads]


def _rests(points: Sequence[Point], text: str) -> tuple[str, ...]:
    named = [name for point in points if point.head in text for name in point.rests_on]
    return tuple(dict.fromkeys(named))


def _badges(composer: Composer) -> list[Line]:
    found: list[Line] = []
    for aspect in sorted(composer.product.aspects, key=lambda each: -each.kind.sells):
        if aspect.kind.care or aspect.kind.sells < 40 or aspect.kind.group == "service":
            continue
        if any(aspect.kind.group == each for each in ("size_label", "unsaid")):
            continue
        head = composer.head(aspect, _BADGE)
        if head and head.text not in {each.text for each in found}:
            found.append(head)
        if len(found) == 4:
            break
    return found


def captions(composer: Composer, points: Sequence[Point]) -> tuple[Line, ...]:
    """Lines of at most fourteen characters in the order of a film: what it is, what is good about
    it, what it costs, what to do."""
    trade = composer.product.trade
    opens = ("来看看{it}", "今天看{it}", *trade.short)
    opening = composer.say("caption.open", opens, longest=CAPTION)
    name = _named(composer, CAPTION)
    heads = [Line(text=point.head, rests_on=point.rests_on) for point in points
             if len(point.head) <= CAPTION and _tells(point)]  # fmt: skip
    fen = composer.product.facts.price_fen
    price = Line(text=f"{format_yuan(fen)}元", rests_on=("price",)) if fen is not None else None
    call = composer.say("caption.call", phrases()["caption_calls"], longest=CAPTION)
    return tuple(line for line in (opening, name, *heads, price, call) if line)
