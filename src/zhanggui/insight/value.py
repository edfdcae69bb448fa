"""The value ledger: what the service did for the shop, priced against what would have been without
it.

The counterfactual is plain: without the program a person answers every conversation, and each
takes as long as the shop says, or as its imported conversations usually took. So only one that no
person had to look at saves anything, and what people spend on judging replies is taken off. Where a
price is not known, nothing is made up: minutes without a wage, no minutes without either.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.money import format_yuan
from zhanggui.base.words import Text
from zhanggui.insight.events import CostsSaved
from zhanggui.knowledge.events import ProposalsMade
from zhanggui.service.store import Happened, happened_ever

Source = Literal["shop", "learnt"]


@dataclass(frozen=True, slots=True)
class Price:
    """What a conversation costs people: minutes, as the shop says or as its imported conversations
    usually took, and the wage in fen an hour; null where nobody has said."""

    minutes: Fraction | None
    source: Source | None
    wage_fen: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: how many of what, what that saved (less than nothing where it cost),
    and what it is compared with, in words and numbers."""

    key: str
    title: Text
    count: int
    minutes: Fraction | None
    fen: Fraction | None
    counterfactual: Text


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines and what they come to."""

    entries: tuple[Entry, ...]
    minutes: Fraction | None
    fen: int | None


async def price(session: AsyncSession, shop_id: str) -> Price:
    """What holds now."""
    saved = await happened_ever(session, shop_id, CostsSaved.type)
    made = await happened_ever(session, shop_id, ProposalsMade.type)
    return price_of(saved, made)


def price_of(saved: Sequence[Happened], made: Sequence[Happened]) -> Price:
    """What the last events say: of the shop's own choice, and of reading its past conversations."""
    last = saved[-1].data if saved else {}
    chosen, wage = last.get("minutes_per_conversation"), last.get("wage_fen_per_hour")
    if chosen is not None:
        return Price(Fraction(str(chosen)), "shop", wage)
    usual = [each.data["usual_minutes"] for each in made if each.data.get("usual_minutes")]
    if usual:
        return Price(Fraction(str(usual[-1])), "learnt", wage)
    return Price(None, None, wage)


def ledger(
    *, resolved: int, with_people: int, reviewed: int, review_seconds: int, price: Price
) -> Ledger:
    """Of sessions that the program resolved, those that people had, and replies that were judged,
    with the seconds that took."""
    won = resolved * price.minutes if price.minutes is not None else None
    spent = Fraction(-review_seconds, 60)
    entries = (
        Entry(
            "contained",
            Text("智能客服独立解决的会话", "Conversations the program resolved by itself"),
            resolved,
            won,
            _priced(won, price),
            _without(resolved, won, price),
        ),
        Entry(
            "reviews",
            Text("人工质检花掉的时间", "Time people spent on quality review"),
            reviewed,
            spent,
            _priced(spent, price),
            Text(
                f"没有掌柜就不用质检：{reviewed} 次判定实际看了 {review_seconds} 秒，要扣除。",
                f"Without the program there is nothing to review: {reviewed} judgements took"
                f" {review_seconds} seconds as measured, which is taken off.",
            ),
        ),
        Entry(
            "with_people",
            Text("人工接待的会话", "Conversations that people had"),
            with_people,
            Fraction(0),
            _priced(Fraction(0), price),
            Text(
                f"没有掌柜时这 {with_people} 段也要人来答，所以不算省下。",
                f"Without the program people would have had these {with_people} as well, so they"
                " save nothing.",
            ),
        ),
    )
    minutes = won + spent if won is not None else None
    fen = _priced(minutes, price)
    return Ledger(entries, minutes, rounded(fen))


def with_entry(found: Ledger, entry: Entry | None) -> Ledger:
    """The ledger with one more line, and what the lines come to as far as they are known."""
    if entry is None:
        return found
    entries = (*found.entries, entry)
    parts = found.entries if found.fen is not None else ()
    fen = [each.fen for each in (*parts, entry) if each.fen is not None]
    minutes = [each for each in (found.minutes, entry.minutes) if each is not None]
    return Ledger(
        entries,
        sum(minutes, Fraction(0)) if minutes else None,
        rounded(sum(fen, Fraction(0))) if fen else None,
    )


def _priced(minutes: Fraction | None, price: Price) -> Fraction | None:
    if minutes is None or price.wage_fen is None:
        return None
    return minutes * price.wage_fen / 60


def rounded(value: Fraction | None) -> int | None:
    """Whole fen of an exact amount; half a fen and more is one."""
    return None if value is None else math.floor(value + Fraction(1, 2))


def _without(count: int, won: Fraction | None, price: Price) -> Text:
    if price.minutes is None or won is None:
        return Text(
            f"没有掌柜时这 {count} 段要人来答。每段几分钟还不知道：请填写，或导入聊天记录。",
            f"Without the program people would have answered these {count}. How long one takes is"
            " not known: say it, or import past conversations.",
        )
    each, all_ = f"{float(price.minutes):g}", f"{float(won):g}"
    zh = "店里填的" if price.source == "shop" else "从导入的聊天记录量出的中位数"
    en = "as the shop says" if price.source == "shop" else "the median of imported conversations"
    text = Text(
        f"没有掌柜时这 {count} 段要人来答，每段 {each} 分钟（{zh}）："
        f"{count} × {each} = {all_} 分钟。",
        f"Without the program people would have answered these {count}, {each} minutes each ({en}):"
        f" {count} × {each} = {all_} minutes.",
    )
    if price.wage_fen is None:
        return Text(
            f"{text.zh}没有填每小时工资，只算时间。", f"{text.en} No wage is given, so time only."
        )
    wage = format_yuan(price.wage_fen)
    return Text(f"{text.zh}每小时 {wage} 元。", f"{text.en} At {wage} yuan an hour.")
