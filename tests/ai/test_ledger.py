"""What models cost, and what they may."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from zhanggui.ai import ledger as ledgers
from zhanggui.ai import store
from zhanggui.ai.ledger import TRIES, BudgetSpent, DatabaseLedger, forecast_micro
from zhanggui.ai.models import ModelBudget, ModelCall, ModelDay
from zhanggui.ai.protocols import Used
from zhanggui.ai.roster import Asked, Purpose, Sent

NIGHT = datetime(2026, 6, 10, 15, 59, tzinfo=UTC)
"""A minute to midnight in Shanghai."""


def asked(shop_id, *, room="service", cost=36, outcome="answered", model="first"):
    purpose = Purpose(shop_id, room, "wording", "conv_1")
    return Asked(purpose, "fast", model, "p", False, outcome, Sent(), Used(20, 5), cost, 120)


@pytest.fixture
def ledger(database):
    return DatabaseLedger(database)


@pytest.fixture
def budget(database, ledger, shop_id, clock):
    async def budget(room="*", *, daily=None, monthly=None):
        async with database.transaction(shop_id) as session:
            row = ModelBudget(
                shop_id=shop_id, room=room, daily_fen=daily, monthly_fen=monthly,
                changed_at=clock.now, changed_by="u",
            )  # fmt: skip
            await session.merge(row)
        ledger.forget(shop_id)

    return budget


@pytest.mark.db
async def test_calls_are_kept_and_added_up_by_the_shops_days(
    ledger, database, shop_id, other_shop_id, clock
):
    clock.stand_at(NIGHT)
    ledger.enter(asked(shop_id))
    ledger.enter(asked(shop_id, cost=0, outcome="busy"))
    ledger.enter(asked(other_shop_id))
    clock.stand_at(NIGHT + timedelta(minutes=1))
    ledger.enter(asked(shop_id, room="studio"))
    await ledger.settle()
    async with database.reading(shop_id) as session:
        calls = (await session.scalars(select(ModelCall).where(ModelCall.shop_id == shop_id))).all()
        days = await store.days(session, shop_id, date(2026, 6, 1), date(2026, 6, 30))
    assert sorted(call.outcome for call in calls) == ["answered", "answered", "busy"]
    assert {(call.who, call.what, call.ms) for call in calls} == {("conv_1", "wording", 120)}
    told = [(day.day.day, day.room, day.calls, day.failed, day.cost_micro) for day in days]
    assert told == [(10, "service", 2, 1, 36), (11, "studio", 1, 0, 36)]


@pytest.mark.db
async def test_what_is_spent_stops_the_room_or_the_shop(ledger, budget, shop_id, clock):
    clock.stand_at(NIGHT)
    service, studio = Purpose(shop_id, "service", "x"), Purpose(shop_id, "studio", "x")
    await budget("service", daily=1)  # 10,000 millionths of a yuan.
    ledger.enter(asked(shop_id, cost=9_999))
    await ledger.settle()
    await ledger.admit(service, Sent(), is_near=False)
    ledger.enter(asked(shop_id, cost=1))
    await ledger.settle()
    with pytest.raises(BudgetSpent, match="today"):
        await ledger.admit(service, Sent(), is_near=False)
    await ledger.admit(studio, Sent(), is_near=False)
    clock.stand_at(NIGHT + timedelta(minutes=1))
    await ledger.admit(service, Sent(), is_near=False)
    await budget(monthly=1)
    with pytest.raises(BudgetSpent, match="this month"):
        await ledger.admit(studio, Sent(), is_near=False)


async def test_limits_are_read_once_for_all_who_ask_at_once(ledger, budget, shop_id, monkeypatch):
    await budget(daily=100)
    plain, reads = store.budgets, []

    async def counted(session, shop):
        reads.append(shop)
        return await plain(session, shop)

    monkeypatch.setattr(store, "budgets", counted)
    purpose = Purpose(shop_id, "service", "x")
    await asyncio.gather(*(ledger.admit(purpose, Sent(), is_near=False) for _ in range(300)))
    assert reads == [shop_id]


async def test_what_was_just_written_counts_without_reading_again(ledger, budget, shop_id, clock):
    clock.stand_at(NIGHT)
    await budget(daily=1)
    purpose = Purpose(shop_id, "service", "x")
    await ledger.admit(purpose, Sent(), is_near=False)
    ledger.enter(asked(shop_id, cost=10_000))
    await ledger.settle()
    with pytest.raises(BudgetSpent):
        await ledger.admit(purpose, Sent(), is_near=False)


async def test_a_budget_of_nothing_stops_the_first_call(ledger, budget, shop_id):
    await budget(daily=0)
    with pytest.raises(BudgetSpent):
        await ledger.admit(Purpose(shop_id, "service", "x"), Sent(), is_near=False)


async def test_what_is_under_way_counts_as_much_as_the_last_did(ledger, budget, shop_id, clock):
    clock.stand_at(NIGHT)
    await budget(daily=3)
    purpose = Purpose(shop_id, "service", "x")
    ledger.enter(asked(shop_id, cost=10_000))
    await ledger.settle()
    await ledger.admit(purpose, Sent(), is_near=False)
    await ledger.admit(purpose, Sent(), is_near=False)
    with pytest.raises(BudgetSpent):
        await ledger.admit(purpose, Sent(), is_near=False)
    ledger.enter(asked(shop_id, cost=0, outcome="busy"))  # One of them came to nothing.
    await ledger.admit(purpose, Sent(), is_near=False)


async def test_what_is_not_written_yet_counts(ledger, budget, shop_id, clock):
    clock.stand_at(NIGHT)
    await budget(daily=1)
    ledger.enter(asked(shop_id, cost=10_000))
    with pytest.raises(BudgetSpent):
        await ledger.admit(Purpose(shop_id, "studio", "x"), Sent(), is_near=False)


@pytest.mark.parametrize(("failures", "written"), [(1, 2), (TRIES, 1)])
async def test_what_cannot_be_written_is_tried_again_and_stops_nobody(
    ledger, database, shop_id, monkeypatch, failures, written
):
    plain, left = store.add_to_day, [failures]

    async def broken(*given):
        if left[0]:
            left[0] -= 1
            raise OSError("full")
        await plain(*given)

    monkeypatch.setattr(store, "add_to_day", broken)
    monkeypatch.setattr(ledgers, "AGAIN_S", 0)
    ledger.enter(asked(shop_id))
    await ledger.settle()
    ledger.enter(asked(shop_id))
    await ledger.settle()
    async with database.reading(shop_id) as session:
        days = await store.days(session, shop_id, date(2000, 1, 1), date(2100, 1, 1))
    assert [day.calls for day in days] == [written]


async def test_who_gives_up_waiting_ends_it_for_nobody(ledger, database, shop_id):
    ledger.enter(asked(shop_id))
    waiting = asyncio.create_task(ledger.settle())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await ledger.settle()
    async with database.reading(shop_id) as session:
        days = await store.days(session, shop_id, date(2000, 1, 1), date(2100, 1, 1))
    assert [day.calls for day in days] == [1]


def days(*costs, month=6):
    return [
        ModelDay(day=date(2026, month, number), cost_micro=cost)
        for number, cost in enumerate(costs, 1)
    ]


@pytest.mark.parametrize(
    ("costs", "today", "expected"),
    [
        ((), 5, 0),
        ((10,), 1, 300),  # June has 30 days.
        ((10, 10), 2, 300),
        ((10, 0), 2, 300),  # Today is not over.
        ((10, 40), 2, 10 + 40 + 28 * 10),
        ((100, *[10] * 8), 9, 100 + 80 + 21 * 10),  # The first day is more than seven ago.
        ((10,) * 30, 30, 300),
    ],
)
def test_the_month_goes_on_as_its_last_days_did(costs, today, expected):
    assert forecast_micro(days(*costs), date(2026, 6, today)) == expected


def test_another_month_is_no_part_of_it():
    assert forecast_micro(days(500, month=5), date(2026, 6, 2)) == 0
