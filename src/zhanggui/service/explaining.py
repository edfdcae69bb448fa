"""What was weighed for a message and why that came to its decision, for a merchant to read."""

from __future__ import annotations

from datetime import date

import numpy as np
from pydantic import BaseModel, Field

from zhanggui.base.masking import scrub
from zhanggui.base.words import Text
from zhanggui.service import answering, views, weighing
from zhanggui.service.answering import Choice
from zhanggui.service.asking import Gathered
from zhanggui.service.proposals import Kind
from zhanggui.service.reading import Reading
from zhanggui.service.views import SourceView
from zhanggui.service.wishing import Wish

MOST = 8
"""Proposals that are shown."""

NAMES: dict[Kind, Text] = {
    "faq": Text("问答", "Answer"),
    "policy": Text("条款", "Clause"),
    "coupon": Text("优惠券", "Coupon"),
    "price_after": Text("券后价", "Price after coupons"),
    "attribute": Text("商品参数", "Attribute"),
    "difference": Text("商品差别", "Difference"),
    "offer": Text("价格库存", "Price and stock"),
    "order": Text("订单进度", "Order"),
    "ship_due": Text("发货时间", "Time of sending"),
    "pay_due": Text("付款期限", "Time to pay"),
    "refund": Text("售后进度", "After-sales"),
    "recommend": Text("推荐商品", "Recommendation"),
    "which_order": Text("追问哪一单", "Asks which order"),
    "change": Text("改动订单", "Change of an order"),
    "ask_address": Text("追问地址", "Asks for the address"),
}


class ReadAs(BaseModel):
    """What a message was read as: `text` in standard spelling, `earlier` the turn it was read with
    (empty where it stands alone), and the amounts and days in it."""

    text: str
    earlier: str
    amounts: list[str]
    days: list[date]


class WeighedView(BaseModel):
    """A reply that could have been given: how likely it answers (0 to 1), what it rests on, what
    was worked out for it (empty: nothing), and whether it is what is told where that is sure
    enough."""

    kind: Kind
    name: str
    reply: str
    likelihood: float
    sources: list[SourceView]
    computed: str
    is_best: bool


class Explanation(BaseModel):
    """What was weighed, the likeliest first. `confidence` is that the whole reply answers, None
    where nothing was weighed; `threshold` is that from which the shop answers, for the share
    (`ceiling`) of answers that may be wrong."""

    read_as: ReadAs
    proposals: list[WeighedView]
    left_out: int = Field(description="How many more were weighed.")
    confidence: float | None
    threshold: float
    ceiling: float
    why: str = Field(description="For staff, in the reader's language.")


def explain(gathered: Gathered, wish: Wish | None) -> Explanation:
    """What was weighed for a message; `wish` is what is wished for in it."""
    learnt = weighing.learnt(gathered.search.has_meaning)
    threshold = min(learnt.sure_from(gathered.ceiling), 1.0)
    choice = _choice(gathered)
    return Explanation(
        read_as=_read_as(gathered.reading),
        proposals=[] if choice is None else _views(gathered, choice),
        left_out=0 if choice is None else max(len(gathered.proposals) - MOST, 0),
        confidence=None if choice is None else round(choice.confidence, 3),
        threshold=round(threshold, 3),
        ceiling=gathered.ceiling,
        why=str(_why(gathered, wish, choice, threshold)),
    )


def _choice(gathered: Gathered) -> Choice | None:
    reading, context, found = gathered.reading, gathered.context, gathered.proposals
    if not found or answering.guard(reading, context) is not None:
        return None
    return answering.choose(reading, context, found, gathered.search, shift=gathered.shift)


def _read_as(reading: Reading) -> ReadAs:
    return ReadAs(
        text=scrub(reading.text),
        earlier=scrub(reading.earlier) if reading.leans else "",
        amounts=[each.raw for each in reading.quantities],
        days=list(dict.fromkeys(each.day for each in reading.moments)),
    )


def _views(gathered: Gathered, choice: Choice) -> list[WeighedView]:
    found, best = gathered.proposals, choice.best
    order = np.argsort(-choice.chances, kind="stable")[:MOST]
    return [
        WeighedView(
            kind=found[place].kind,
            name=str(NAMES[found[place].kind]),
            reply=scrub(found[place].reply),
            likelihood=round(float(choice.chances[place]), 3),
            sources=views.sources(found[place].sources),
            computed=scrub(found[place].computed),
            is_best=found[place] is best.first or found[place] is best.second,
        )
        for place in order
    ]


def _why(gathered: Gathered, wish: Wish | None, choice: Choice | None, threshold: float) -> Text:
    if wish is not None and wish.goes_on:
        return Text(
            "这句话是在补前面要办的事缺的内容，所以接着办，不和店里的记录比较。",
            "It fills in what was asked for a change, so it goes on with that and is not held"
            " against the shop's records.",
        )
    guarded = answering.guard(gathered.reading, gathered.context)
    if guarded is not None:
        return Text(
            f"先看安全和闲聊：{guarded.reason.zh}。这样的话不和店里的记录比较。",
            f"Safety and small talk come first: {guarded.reason.en}. Such a message is not held"
            " against the shop's records.",
        )
    if choice is None:
        return Text(
            "店里没有一条记录和这句话对得上，所以转人工。写一条回答，下次就能答。",
            "No record of the shop bears on this, so a person takes over. Write an answer, and the"
            " next one is answered.",
        )
    if any(each.signals.get("nobody") for each in gathered.proposals):
        return Text(
            "问的是订单，但不知道是哪位买家，所以先不答。选好买家或订单再问。",
            "It is about an order and who asks is not known, so nothing is told. Choose a buyer or"
            " an order and ask again.",
        )
    return _measured(gathered, choice, threshold)


def _measured(gathered: Gathered, choice: Choice, threshold: float) -> Text:
    first = choice.best.first
    sure, line, share = f"{choice.confidence:.0%}", f"{threshold:.0%}", f"{gathered.ceiling:.0%}"
    name = NAMES[first.kind]
    if choice.confidence < threshold:
        return Text(
            f"最像的一条（{name.zh}）把握是 {sure}，不到 {line}，所以转人工。"
            f"允许 {share} 答错时，到 {line} 才自己回答。",
            f"The likeliest ({name.en}) is {sure} sure, short of {line}, so a person takes over."
            f" With {share} of answers allowed to be wrong, it answers from {line} on.",
        )
    if weighing.is_verbatim(gathered.reading, first):
        return Text(
            "和店里写好的问法一字不差，所以用那条的回答。",
            "It is, letter for letter, a question the shop has answered, so that is told.",
        )
    return Text(
        f"最像的一条（{name.zh}）把握是 {sure}，到了 {line}。"
        f"允许 {share} 答错时，到 {line} 就定下来。",
        f"The likeliest ({name.en}) is {sure} sure, which reaches {line}: from there on it decides"
        f" where {share} of answers may be wrong.",
    )
