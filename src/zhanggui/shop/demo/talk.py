"""The demo shop's conversations: about its goods, its orders and what went wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from zhanggui.base.clock import SHANGHAI
from zhanggui.base.money import format_yuan
from zhanggui.shop.demo import phrases
from zhanggui.shop.demo.catalogue import Answer, answers, products
from zhanggui.shop.demo.dice import at, later
from zhanggui.shop.demo.orders import SHOP_NAME, Placed
from zhanggui.shop.demo.people import Buyer
from zhanggui.shop.demo.trade import Outcome
from zhanggui.shop.files.records import (
    ChatLogRecord,
    ChatMessage,
    RefundRecord,
    RefundStatus,
    RefundType,
    Speaker,
)

AI_SINCE_AGE = 128
"""How many days before today the shop let the AI answer; until then people did all."""


class Intent(StrEnum):
    """What a conversation is about."""

    QUESTION = "question"
    STOCK = "stock"
    LOGISTICS = "logistics"
    URGE = "urge"
    ADDRESS = "address"
    CANCEL = "cancel"
    DAMAGE = "damage"
    FAULT = "fault"
    RETURN = "return"
    PRICE = "price"
    INVOICE = "invoice"
    THANKS = "thanks"
    COMPLAINT = "complaint"


class Resolver(StrEnum):
    """Who brought a conversation to its end."""

    AI = "ai"
    HUMAN = "human"


@dataclass(slots=True)
class DemoConversation:
    """A conversation and what is known about it: `minutes` run from first to last message,
    `order_no` and `product_id` name what it is about where there is such a thing."""

    log: ChatLogRecord
    intent: Intent
    resolved_by: Resolver
    minutes: float
    order_no: str | None = None
    product_id: str | None = None


_AI_RESOLVES = {
    Intent.QUESTION: 0.84, Intent.STOCK: 0.9, Intent.LOGISTICS: 0.82, Intent.URGE: 0.55,
    Intent.ADDRESS: 0.0, Intent.CANCEL: 0.0, Intent.DAMAGE: 0.0, Intent.FAULT: 0.0,
    Intent.RETURN: 0.52, Intent.PRICE: 0.0, Intent.INVOICE: 0.7, Intent.THANKS: 0.95,
    Intent.COMPLAINT: 0.0,
}  # fmt: skip
"""What changes money or an order is for people; the AI hands it over."""

_PEOPLE = ("小禾", "阿棠", "小满")
_ROBOT = "小檐"
_WORDS_OF_GOODS = {
    "YX10": ("砂锅",), "YX02": ("面碗", "小鱼"), "YX01": ("饭碗",), "YX03": ("浅盘",),
    "YX04": ("鱼盘",), "YX05": ("汤碗",), "YX06": ("马克杯", "刻字", "粗陶杯"),
    "YX07": ("茶水分离",),
    "YX08": ("小碟",), "YX09": ("烤碗",), "YX11": ("侧把壶",), "YX12": ("盖碗",),
    "YX13": ("油壶",), "YX14": ("调味罐", "木盖"), "YX15": ("花瓶",), "YX16": ("小熊",),
    "YX17": ("茶巾",), "YX18": ("餐垫",), "YX19": ("围裙",), "YX20": ("桌布",),
    "YX21": ("手套",), "YX22": ("礼盒",), "YX23": ("托盘",), "YX24": ("筷",),
}  # fmt: skip


@dataclass(slots=True)
class _Topic:
    """A conversation to be written: who, when, about what, and the slots of its phrases."""

    buyer: Buyer
    starts: datetime
    intent: Intent
    slots: dict[str, str]
    order_no: str | None = None
    product_id: str | None = None
    answer: Answer | None = None


def conversations(
    rng: Random,
    placed: list[Placed],
    cases: dict[str, list[RefundRecord]],
    buyers: list[Buyer],
    moment: datetime,
    days: int,
) -> list[DemoConversation]:
    """Every conversation of the year before `moment`, oldest first."""
    topics = _before_buying(rng, placed, buyers, moment, days)
    for order in placed:
        topics += _about_order(rng, order, moment)
        for case in cases.get(order.record.order_no, ()):
            topics += _about_case(rng, order, case)
    topics.sort(key=lambda topic: (topic.starts, topic.buyer.number))
    seen: set[tuple[int, datetime]] = set()
    written = []
    for topic in topics:
        key = (topic.buyer.number, topic.starts)
        if topic.starts >= moment - timedelta(minutes=30) or key in seen:
            continue
        seen.add(key)
        written.append(_write(rng, topic, moment))
    return [talk for talk in written if (talk.log.messages[-1].sent_at or moment) < moment]


def _before_buying(
    rng: Random, placed: list[Placed], buyers: list[Buyer], moment: datetime, days: int
) -> list[_Topic]:
    """Questions about goods: from buyers before they order, and from some who never do."""
    topics = []
    by_product = {pid: _known_about(words) for pid, words in _WORDS_OF_GOODS.items()}
    general = [a for a in answers() if not any(a in known for known in by_product.values())]
    forms = {sku.sku_id: sku for product in products() for sku in product.skus}
    for order in placed:
        if rng.random() > 0.085 or order.record.created_at is None:
            continue
        line = order.lines[0]
        starts = order.record.created_at - timedelta(seconds=rng.randrange(180, 5400))
        pid = line.product_id or ""
        if rng.random() < 0.2:
            slots = {"title": line.title or "", "form": _short(forms[line.sku_id or ""].form)}
            topics.append(_Topic(order.buyer, starts, Intent.STOCK, slots, None, pid))
        else:
            pool = by_product[pid] if by_product[pid] and rng.random() < 0.7 else general
            topics.append(
                _Topic(order.buyer, starts, Intent.QUESTION, {}, None, pid, rng.choice(pool))
            )
    first = moment - timedelta(days=days - 1)
    for _ in range(round(days * 1.2)):
        starts = first + timedelta(seconds=rng.randrange(int((days - 1) * 86400)))
        if not 8 <= starts.hour <= 23:
            starts = at(starts.date(), rng.randint(19, 22), rng.randrange(60), rng.randrange(60))
        buyer = rng.choice(buyers)
        topics.append(_Topic(buyer, starts, Intent.QUESTION, {}, None, None, rng.choice(answers())))
    return topics


def _known_about(words: tuple[str, ...]) -> list[Answer]:
    return [a for a in answers() if any(word in a.wordings[0] for word in words)]


def _short(form: str) -> str:
    return "".join(part.split(":")[1] for part in form.split(";") if part) or "这款"


def _about_order(rng: Random, order: Placed, moment: datetime) -> list[_Topic]:
    """What people ask while they wait, and afterwards."""
    record, line = order.record, order.lines[0]
    slots = {
        "title": line.title or "",
        "city": order.buyer.city,
        "carrier": record.carrier or "",
        "number": record.tracking_no or "",
        "scan": f"已经从景德镇出来，正往{order.buyer.city}走",
    }
    found: list[tuple[Intent, datetime]] = []
    if record.paid_at and record.shipped_at:
        wait = record.shipped_at - record.paid_at
        if rng.random() < (0.12 if wait > timedelta(days=2) else 0.02):
            found.append((Intent.URGE, record.paid_at + wait * rng.uniform(0.4, 0.95)))
        if rng.random() < 0.008:
            found.append((Intent.ADDRESS, record.paid_at + wait * rng.uniform(0.05, 0.6)))
        arrives = record.delivered_at or moment
        if rng.random() < 0.058:
            share = rng.uniform(0.3, 0.95)
            found.append(
                (Intent.LOGISTICS, record.shipped_at + (arrives - record.shipped_at) * share)
            )
        if wait > timedelta(days=3) and rng.random() < 0.1:
            found.append((Intent.COMPLAINT, record.paid_at + wait * rng.uniform(0.8, 0.97)))
    cancelled = order.outcome is Outcome.CANCELLED and bool(record.refund_fen)
    if cancelled and record.status_at and rng.random() < 0.5:
        found.append((Intent.CANCEL, record.status_at - timedelta(minutes=25)))
    if record.delivered_at:
        if rng.random() < 0.014:
            found.append((Intent.INVOICE, later(rng, record.delivered_at, 20, 200)))
        if rng.random() < 0.013:
            found.append((Intent.THANKS, later(rng, record.delivered_at, 1, 60)))
    return [
        _Topic(order.buyer, _waking(starts), intent, slots, record.order_no, line.product_id)
        for intent, starts in found
    ]


def _waking(starts: datetime) -> datetime:
    """Nobody asks about a parcel at four in the morning, they ask after breakfast."""
    starts = starts.replace(microsecond=0)
    return starts + timedelta(hours=7) if 1 <= starts.hour <= 6 else starts


def _about_case(rng: Random, order: Placed, case: RefundRecord) -> list[_Topic]:
    """Most people write before they open a case."""
    if case.created_at is None or order.outcome is Outcome.CANCELLED or rng.random() > 0.72:
        return []
    reason = case.reason or ""
    if case.status is RefundStatus.REFUSED:
        return []
    complaint = next((said for key, said in phrases.COMPLAINTS.items() if key in reason), "")
    intent = (
        Intent.PRICE if case.kind is RefundType.PRICE_PROTECTION
        else Intent.DAMAGE if "破损" in reason
        else Intent.FAULT if complaint
        else Intent.RETURN
    )  # fmt: skip
    line = next((line for line in order.lines if line.title == case.product_title), order.lines[0])
    slots = {
        "title": line.title or "",
        "amount": format_yuan(case.amount_fen or 0),
        "complaint": complaint,
    }
    starts = case.created_at - timedelta(minutes=rng.randint(3, 24))
    delivered = order.record.delivered_at or starts
    return [
        _Topic(
            order.buyer, _waking(max(starts, delivered)), intent, slots,
            order.record.order_no, line.product_id,
        )
    ]  # fmt: skip


def _write(rng: Random, topic: _Topic, moment: datetime) -> DemoConversation:
    """Put a topic into words, answered by the AI, by people, or by one after the other."""
    writer = _Writer(rng, topic)
    age = (moment - topic.starts).days
    resolver = Resolver.HUMAN
    if rng.random() < 0.22:
        writer.buyer(rng.choice(phrases.OPENERS), 0)
    writer.buyer(writer.question, 0 if not writer.messages else rng.randint(4, 25))
    if topic.intent in (Intent.DAMAGE, Intent.FAULT):
        writer.buyer("[图片]", rng.randint(8, 40))
    if age <= AI_SINCE_AGE:
        if rng.random() < _AI_RESOLVES[topic.intent]:
            resolver = Resolver.AI
            writer.robot(writer.answer)
        else:
            writer.robot(rng.choice(phrases.HANDED_OVER))
    if resolver is Resolver.HUMAN:
        writer.person(writer.answer)
    if rng.random() < 0.62:
        writer.buyer(rng.choice(phrases.CLOSERS), rng.randint(12, 200))
        if rng.random() < 0.7:
            say = writer.robot if resolver is Resolver.AI else writer.person
            say(rng.choice(phrases.FAREWELLS))
    return writer.finish(resolver)


class _Writer:
    """Writes one conversation, message after message."""

    def __init__(self, rng: Random, topic: _Topic) -> None:
        self._rng, self._topic = rng, topic
        self._clock = topic.starts
        self._agent = f"{SHOP_NAME}:{rng.choice(_PEOPLE)}"
        self.messages: list[ChatMessage] = []
        if topic.answer:
            self.question, self.answer = rng.choice(topic.answer.wordings), topic.answer.answer
        else:
            asks, replies = rng.choice(phrases.EXCHANGES[topic.intent])
            self.question = rng.choice(asks).format(**topic.slots)
            self.answer = rng.choice(replies).format(**topic.slots)

    def buyer(self, text: str, seconds: int) -> None:
        self._say(Speaker.BUYER, self._topic.buyer.nick, text, seconds)

    def robot(self, text: str) -> None:
        self._say(Speaker.ROBOT, f"{SHOP_NAME}:{_ROBOT}", text, self._rng.randint(1, 5))

    def person(self, text: str) -> None:
        """People type, have others before this one, and go home at half past ten."""
        wait = round(self._rng.lognormvariate(4.6, 0.8)) + len(text)
        if not 9 <= self._clock.hour < 22:
            opens = self._clock.date() + timedelta(days=self._clock.hour >= 22)
            wait += round((at(opens, 9) - self._clock).total_seconds())
        self._say(Speaker.AGENT, self._agent, text, wait)

    def finish(self, resolver: Resolver) -> DemoConversation:
        topic, first = self._topic, self._topic.starts
        answered_by_person = any(m.speaker is Speaker.AGENT for m in self.messages)
        log = ChatLogRecord(
            row=0,
            conversation_id=f"{first.astimezone(SHANGHAI):%Y%m%d%H%M%S}-{topic.buyer.number:04d}",
            buyer_nick=topic.buyer.nick,
            agent=self._agent if answered_by_person else f"{SHOP_NAME}:{_ROBOT}",
            messages=tuple(self.messages),
        )
        minutes = (self._clock - first).total_seconds() / 60
        return DemoConversation(
            log, topic.intent, resolver, round(minutes, 1), topic.order_no, topic.product_id
        )

    def _say(self, speaker: Speaker, name: str, text: str, seconds: int) -> None:
        self._clock += timedelta(seconds=seconds)
        self.messages.append(ChatMessage(speaker, name, text, self._clock))
