"""What the studio was worth: products whose pictures and texts need not be made by hand.

The counterfactual is the shop's own: what a SKU's pictures and texts take by hand, in minutes and
in all, as the shop says. A SKU counts once, at the moment when a person first approved something
that was made for it; what models cost is taken off, for what nobody wanted too. Where the shop has
said nothing, nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.money import format_yuan
from zhanggui.base.words import Text
from zhanggui.insight.value import Entry, rounded
from zhanggui.service.store import Happened, happened_ever
from zhanggui.studio.events import BaselineSaved, ItemFailed, ItemMade, WorksApproved

_MICRO_PER_FEN = 10_000


@dataclass(frozen=True, slots=True)
class Made:
    """A period of the studio: SKUs first approved in it, what was spent on models in it, and the
    mean seconds by the clock that making one took (None where none was made)."""

    skus: int
    cost_micro: int
    seconds_per_sku: float | None


async def entry(
    session: AsyncSession, shop_id: str, since: datetime, until: datetime
) -> Entry | None:
    """The studio's line of the ledger from a moment on until before another; None where it did
    nothing then."""
    made = made_in(
        await happened_ever(session, shop_id, WorksApproved.type),
        [
            *await happened_ever(session, shop_id, ItemMade.type),
            *await happened_ever(session, shop_id, ItemFailed.type),
        ],
        since,
        until,
    )
    if not made.skus and not made.cost_micro and made.seconds_per_sku is None:
        return None
    said = await happened_ever(session, shop_id, BaselineSaved.type)
    baseline = BaselineSaved.model_validate(said[-1].data) if said else None
    return entry_of(made, baseline)


def made_in(
    approved: Iterable[Happened], ended: Sequence[Happened], since: datetime, until: datetime
) -> Made:
    """Read a period from all approvals, and from all items that were made or failed."""
    first: dict[tuple[str, str | None], datetime] = {}
    for each in approved:
        first.setdefault((each.data["product_id"], each.data["sku_id"]), each.at)
    within = [each for each in ended if since <= each.at < until]
    made = [each.data["wall_ms"] for each in within if each.type == ItemMade.type]
    return Made(
        sum(since <= at < until for at in first.values()),
        sum(each.data["cost_micro"] for each in within),
        sum(made) / len(made) / 1000 if made else None,
    )


def entry_of(made: Made, baseline: BaselineSaved | None) -> Entry:
    """The line of the ledger."""
    minutes = _times(made.skus, baseline.minutes_per_sku if baseline else None)
    by_hand = _times(made.skus, baseline.fen_per_sku if baseline else None)
    cost = Fraction(made.cost_micro, _MICRO_PER_FEN)
    return Entry(
        "studio",
        Text("创意工作室做好的商品素材", "Products the studio made pictures and texts for"),
        made.skus,
        minutes,
        by_hand - cost if by_hand is not None else None,
        _without(made, baseline, cost),
    )


def _times(count: int, each: float | int | None) -> Fraction | None:
    return None if each is None else count * Fraction(str(each))


def _without(made: Made, baseline: BaselineSaved | None, cost: Fraction) -> Text:
    text = _by_hand(made, baseline)
    if made.seconds_per_sku is not None:
        seconds = f"{made.seconds_per_sku:.0f}"
        text = Text(
            f"{text.zh}实际每个商品 {seconds} 秒。", f"{text.en} It took {seconds} seconds each."
        )
    if cost:
        spent = format_yuan(rounded(cost) or 0)
        text = Text(
            f"{text.zh}模型花了 {spent} 元，已扣除。",
            f"{text.en} Models cost {spent} yuan, which is taken off.",
        )
    return text


def _by_hand(made: Made, baseline: BaselineSaved | None) -> Text:
    count = made.skus
    minutes = baseline.minutes_per_sku if baseline else None
    fen = baseline.fen_per_sku if baseline else None
    if minutes is None and fen is None:
        return Text(
            f"没有掌柜时这 {count} 个商品要人工做图写文案。一个要多久、多少钱还不知道：请填写。",
            f"Without the program people would have made pictures and texts for these {count}. What"
            " one takes and costs by hand is not known: say it.",
        )
    zh, en = [], []
    if minutes is not None:
        zh.append(f"{minutes:g} 分钟")
        en.append(f"{minutes:g} minutes")
    if fen is not None:
        zh.append(f"{format_yuan(fen)} 元")
        en.append(f"{format_yuan(fen)} yuan")
    return Text(
        f"没有掌柜时这 {count} 个商品要人工做图写文案，每个 {'、'.join(zh)}（店里填的）。",
        f"Without the program people would have made pictures and texts for these {count},"
        f" {' and '.join(en)} each (as the shop says).",
    )
