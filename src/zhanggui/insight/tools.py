"""What may be asked of the figures, and how they are priced."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from zhanggui.base import clock, events
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text
from zhanggui.insight import service_report, studio_value
from zhanggui.insight.definitions import DEFINITIONS, Unit
from zhanggui.insight.events import CostsSaved
from zhanggui.insight.figures import Measure, Tally
from zhanggui.insight.periods import Period, period
from zhanggui.insight.value import Entry, Price, Source, price, rounded, with_entry


class PeriodInput(Input):
    """Local days, both included; the last seven where nothing is said."""

    since: date | None = None
    until: date | None = None


class FigureView(BaseModel):
    """A figure with its definition. `of` and `n` are what a share or mean was divided from, `low`
    and `high` its 95 % interval where it is known from a sample; `before` is the same figure of the
    like period before. Null for what cannot be told."""

    key: str
    title: str
    unit: Unit
    value: float | int | None
    of: int | None
    n: int | None
    low: float | None
    high: float | None
    before: float | int | None
    before_n: int | None
    definition: str


class ReasonView(BaseModel):
    """Why conversations were handed to people: a cause, ``taken`` where a person took one unasked,
    ``other`` where it was not said; how often, and how often before."""

    cause: str
    count: int
    before: int


class DayView(BaseModel):
    """The conversations that began on a day: of all, those in which the program spoke, that it
    resolved, that were never with people, and that were."""

    date: date
    conversations: int
    involved: int
    resolved: int
    contained: int
    with_people: int


class PeriodView(Output):
    """The days that are shown, both included, and those they are compared with: the same weekdays,
    whole weeks earlier. Both are counted up to the same time, with what was known at `as_of`."""

    since: date
    until: date
    before_since: date
    before_until: date
    as_of: datetime


class ServiceReport(PeriodView):
    """How shoppers were served. `going_on` of the conversations have not ended and are not judged
    yet."""

    going_on: int
    figures: list[FigureView]
    reasons: list[ReasonView]
    days: list[DayView]


@tool(
    "insight.service_report",
    purpose=Text("客服报表", "The service report"),
    risk="read",
    roles=STAFF,
    rate="30 per minute",
)
async def report(call: Call, given: PeriodInput) -> ServiceReport:
    """The figures of a period, each with its definition and beside the like period before. Raises
    Invalid for days that are none to choose."""
    now = clock.now()
    chosen = period(given.since, given.until, now)
    read = await service_report.read(call.session, call.shop_id, chosen, now)
    before = await service_report.read(call.session, call.shop_id, chosen.before(), now)
    priced = await price(call.session, call.shop_id)
    these, those = (service_report.measures(each, priced) for each in (read, before))
    counted, reasons, earlier = read.counted.whole, read.counted.causes, before.counted.causes
    return ServiceReport(
        **_period(chosen, now),
        going_on=counted.conversations - counted.ended,
        figures=[_figure(key, these[key], those[key]) for key in DEFINITIONS],
        reasons=[
            ReasonView(cause=cause, count=reasons[cause], before=earlier[cause])
            for cause in sorted(reasons | earlier, key=lambda cause: (-reasons[cause], cause))
        ],
        days=[_day_view(day, each) for day, each in read.counted.days.items()],
    )


def _day_view(day: date, counted: Tally) -> DayView:
    """A day's conversations as they are shown."""
    return DayView(
        date=day,
        conversations=counted.conversations,
        involved=counted.involved,
        resolved=counted.resolved,
        contained=counted.contained,
        with_people=counted.with_people,
    )


class PriceView(BaseModel):
    """What a conversation costs people. `source` says whether the shop gave the minutes or they
    were learnt from imported conversations; null for what is not known."""

    minutes_per_conversation: float | None
    source: Source | None
    wage_fen_per_hour: int | None


class EntryView(BaseModel):
    """A line of the ledger: what was saved, less than nothing where it cost, and what it is
    compared with."""

    key: str
    title: str
    count: int
    minutes: float | None
    fen: int | None
    counterfactual: str


class ValueView(PeriodView):
    """What service and studio were worth in a period: the sum of what is known; `fen` is rounded
    once, from the exact sum."""

    price: PriceView
    entries: list[EntryView]
    minutes: float | None
    fen: int | None
    definition: str


@tool(
    "insight.value",
    purpose=Text("价值账：省下多少", "The value ledger: what was saved"),
    risk="read",
    roles=STAFF,
    rate="30 per minute",
)
async def value(call: Call, given: PeriodInput) -> ValueView:
    """What the service and the studio did in a period, priced against what would have been without
    them. Raises Invalid for days that are none to choose."""
    now = clock.now()
    chosen = period(given.since, given.until, now)
    served = await service_report.served(call.session, call.shop_id, chosen, now)
    priced = await price(call.session, call.shop_id)
    made = await studio_value.entry(call.session, call.shop_id, chosen.start, chosen.end)
    found = with_entry(service_report.ledger_of(served, priced), made)
    return ValueView(
        **_period(chosen, now),
        price=_price(priced),
        entries=[_entry(entry) for entry in found.entries],
        minutes=None if found.minutes is None else float(found.minutes),
        fen=found.fen,
        definition=" ".join(str(DEFINITIONS[key].text) for key in ("saved_minutes", "saved_fen")),
    )


class CostsInput(Input):
    """What a conversation takes and an hour costs; null for what the shop does not say. Minutes
    that are not said are learnt from imported conversations."""

    minutes_per_conversation: float | None = Field(None, ge=0.1, le=240)
    wage_fen_per_hour: int | None = Field(None, ge=1, le=10_000_000)


class CostsView(PriceView, Output):
    """What figures are priced with."""


@tool(
    "insight.costs",
    purpose=Text("查看客服成本", "What service costs the shop"),
    risk="read",
    roles=STAFF,
)
async def costs(call: Call, given: Nothing) -> CostsView:
    """What the shop chose, or what was learnt."""
    return CostsView(**_price(await price(call.session, call.shop_id)).model_dump())


@tool(
    "insight.save_costs",
    purpose=Text("设定客服成本", "Say what service costs the shop"),
    risk="act",
    roles=OWNERS,
)
async def save_costs(call: Call, given: CostsInput) -> CostsView:
    """Choose what figures are priced with, those of past days too."""
    await events.append(
        call.session,
        CostsSaved(
            minutes_per_conversation=given.minutes_per_conversation,
            wage_fen_per_hour=given.wage_fen_per_hour,
        ),
    )
    await call.session.flush()
    return CostsView(**_price(await price(call.session, call.shop_id)).model_dump())


def _period(chosen: Period, now: datetime) -> dict[str, Any]:
    before = chosen.before()
    return {
        "since": chosen.since,
        "until": chosen.until,
        "before_since": before.since,
        "before_until": before.until,
        "as_of": now,
    }


def _figure(key: str, found: Measure, before: Measure) -> FigureView:
    definition = DEFINITIONS[key]
    return FigureView(
        key=key,
        title=str(definition.title),
        unit=definition.unit,
        value=found.value,
        of=found.of,
        n=found.n,
        low=found.low,
        high=found.high,
        before=before.value,
        before_n=before.n,
        definition=str(definition.text),
    )


def _price(found: Price) -> PriceView:
    return PriceView(
        minutes_per_conversation=None if found.minutes is None else float(found.minutes),
        source=found.source,
        wage_fen_per_hour=found.wage_fen,
    )


def _entry(entry: Entry) -> EntryView:
    return EntryView(
        key=entry.key,
        title=str(entry.title),
        count=entry.count,
        minutes=None if entry.minutes is None else float(entry.minutes),
        fen=rounded(entry.fen),
        counterfactual=str(entry.counterfactual),
    )
