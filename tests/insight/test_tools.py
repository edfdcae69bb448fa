"""The report as it is asked for: of conversations that took place, and of a great many events."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from tests.exporting import taken
from tests.insight import naive
from tests.insight.histories import bought, busy
from tests.insight.writing import write_bought
from tests.loading import load
from tests.offloading import BESIDE, watched
from tests.service.chat.room import ANSWER, HANDOFF, Room
from tests.service.records import NOW, at
from tests.service.stand import AGENT, MINE, VIEWER
from zhanggui.base.clock import local
from zhanggui.base.errors import Forbidden, Invalid
from zhanggui.base.events import append
from zhanggui.base.words import speaking
from zhanggui.insight import counting
from zhanggui.insight import exports as insight_exports
from zhanggui.insight.counting import Counted
from zhanggui.insight.definitions import DEFINITIONS
from zhanggui.insight.periods import period
from zhanggui.insight.sessions import TYPES, Sessions
from zhanggui.knowledge.events import ProposalsMade
from zhanggui.service import store
from zhanggui.service.chat import conversations
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import OrderRecord, OrderStatus

pytestmark = pytest.mark.db
__all__ = ["insight_exports"]


def values(report):
    return {each.key: each.value for each in report.figures}


async def rate(room, rating):
    async with room.runtime.db.transaction(room.shop_id) as session:
        row = await conversations.held(session, room.shop_id, room.id)
        await conversations.rate(session, room.runtime.cipher, row, rating=rating, words="")


async def test_what_took_place_is_what_the_report_says(ask, runtime, shop, clock):
    answered = await Room(runtime, shop).start(buyer_id=buyer_id(shop, MINE))
    await answered.writes("能开票吗")
    clock.move(seconds=2)
    await answered.replies(await answered.takes(), ANSWER)
    await rate(answered, 5)

    handed = await Room(runtime, shop).start()
    await handed.writes("我要投诉")
    await handed.replies(await handed.takes(), HANDOFF)
    clock.move(seconds=90)
    await handed.speaks("我来了，请说")
    await handed.writes("碎了")
    clock.move(minutes=4)
    await handed.speaks("给您补发")
    await rate(handed, 2)
    ordered = clock.now + timedelta(hours=1)
    order = OrderRecord(
        1, "B1", MINE, OrderStatus.PAID, created_at=ordered, paid_at=ordered, paid_fen=100
    )
    await load(runtime, shop, [order])

    soon = await ask("service_report")
    assert (soon.going_on, values(soon)["conversations"], values(soon)["resolution"]) == (
        2,
        2,
        None,
    )
    clock.move(days=3)
    report = await ask("service_report", VIEWER)
    assert values(report) == {
        "conversations": 2,
        "involvement": 1.0,
        "resolution": 0.5,
        "automation": 0.5,
        "containment": 0.5,
        "hand_overs": 1,
        "program_median": 0.0,
        "program_p90": 2.0,
        "people_median": 90.0,
        "people_p90": 90.0,
        "three_minutes": 0.5,
        "mean_response": 165.0,
        "conversion": 1.0,
        "wrong": None,
        "csat": 0.5,
        "saved_minutes": None,
        "saved_fen": None,
    }
    assert [(each.cause, each.count) for each in report.reasons] == [("other", 1)]
    (day,) = [each for each in report.days if each.conversations]
    assert (day.date, day.resolved, day.contained, day.with_people) == (NOW.date(), 1, 1, 1)
    assert [each.definition for each in report.figures] == [
        str(each.text) for each in DEFINITIONS.values()
    ]
    with speaking("en"):
        assert (await ask("service_report")).figures[1].title == "Involvement"
    earlier = await ask("service_report", since=date(2026, 6, 9), until=date(2026, 6, 9))
    assert values(earlier)["conversations"] == 0


async def test_who_was_silent_is_answered_by_the_program_again(ask, runtime, shop, clock):
    room = await Room(runtime, shop).start()
    await room.writes("我要投诉")
    await room.replies(await room.takes(), HANDOFF)
    await room.closes()
    clock.move(days=2)
    await room.writes("能开票吗")
    await room.replies(await room.takes(), ANSWER)
    clock.move(days=2)
    found = values(await ask("service_report"))
    assert (found["conversations"], found["resolution"], found["three_minutes"]) == (2, 0.5, 0.0)


async def test_a_wrong_reply_is_no_resolution_and_its_share_is_estimated(
    ask, use, runtime, shop, clock
):
    rooms = []
    for n in range(3):
        room = await Room(runtime, shop).start()
        await room.writes(f"能开票吗 {n}")
        await room.replies(await room.takes(), ANSWER)
        rooms.append(room)
    clock.move(days=3)
    for room, verdict in zip(rooms, ("wrong", "right"), strict=False):
        await use(
            "review_answer", AGENT, conversation_id=room.id, seq=2, verdict=verdict, seconds=30
        )
    await ask("save_costs", minutes_per_conversation=5, wage_fen_per_hour=3000)
    report = await ask("service_report")
    (wrong,) = [each for each in report.figures if each.key == "wrong"]
    assert (wrong.value, wrong.of, wrong.n) == (0.5, 1, 2)
    assert wrong.low < 0.1
    assert wrong.high > 0.9
    assert values(report)["resolution"] == 2 / 3
    assert values(report)["saved_minutes"] == 9.0, "2 × 5 less a minute of reviews"
    assert values(report)["saved_fen"] == 450
    ledger = await ask("value")
    assert (ledger.minutes, ledger.fen) == (9.0, 450)
    assert [(each.key, each.minutes, each.fen) for each in ledger.entries] == [
        ("contained", 10.0, 500), ("reviews", -1.0, -50), ("with_people", 0.0, 0),
    ]  # fmt: skip


async def test_figures_are_priced_as_an_owner_says(ask, runtime, shop):
    assert (await ask("costs")).source is None
    async with runtime.db.transaction(shop) as session:
        await append(session, ProposalsMade(waiting=0, conversations=9, usual_minutes=4.5))
    learnt = await ask("costs", VIEWER)
    assert (learnt.minutes_per_conversation, learnt.source) == (4.5, "learnt")
    with pytest.raises(Forbidden):
        await ask("save_costs", AGENT, wage_fen_per_hour=3000)
    saved = await ask("save_costs", minutes_per_conversation=6, wage_fen_per_hour=3000)
    assert (saved.minutes_per_conversation, saved.source, saved.wage_fen_per_hour) == (
        6, "shop", 3000,
    )  # fmt: skip
    cleared = await ask("save_costs")
    assert (cleared.source, cleared.wage_fen_per_hour) == ("learnt", None)
    with pytest.raises(Invalid):
        await ask("save_costs", minutes_per_conversation=0)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_great_many_events_come_to_what_a_plain_count_says(
    ask, write, runtime, shop, clock, seed
):
    history = busy(at("2026-04-20 00:00"), seed, conversations=40, events=4000, seconds=900)
    await write(history)
    sold = bought(history, seed)
    async with runtime.db.transaction(shop) as session:
        await write_bought(session, shop, sold, NOW)
    clock.stand_at(history[-1].at - timedelta(hours=5))
    today = local(clock.now).date()
    for length, back in ((1, 0), (7, 0), (7, 9), (30, 3)):
        until = today - timedelta(days=back)
        since = until - timedelta(days=length - 1)
        report = await ask("service_report", since=since, until=until)
        chosen = period(since, until, clock.now)
        expected, earlier = (
            naive.count(history, each.start, each.end, clock.now)
            | {
                "conversion": naive.converted(
                    history, sold.conversations, sold.orders, each.start, each.end, clock.now
                )
            }
            for each in (chosen, chosen.before())
        )
        found = {each.key: each for each in report.figures if each.key in expected}
        assert len(found) == 14
        for key, figure in found.items():
            assert (key, figure.value) == (key, expected[key])
            assert (key, figure.before) == (key, earlier[key])
        assert {each.cause: each.count for each in report.reasons if each.count} == (
            expected["causes"]
        )
        assert expected["conversations"] > 20 or length == 1


async def test_the_days_are_taken_away_as_a_file(ask, write, runtime, shop):
    await write(busy(at("2026-06-01 00:00"), 3, conversations=9, events=500, seconds=900))
    report = await ask("service_report", since=date(2026, 6, 1), until=date(2026, 6, 7))
    rows = await taken(
        runtime, shop, "service_days", since=date(2026, 6, 1), until=date(2026, 6, 7)
    )
    assert [row[:2] for row in rows] == [
        [each.date.isoformat(), str(each.conversations)] for each in report.days
    ]
    assert sum(int(row[1]) for row in rows) > 9


async def test_a_period_is_looked_up_by_time(write, runtime, shop, engine):
    """An import's events, of which there are millions, are not read."""
    await write(busy(at("2026-06-01 00:00"), 4, conversations=5, events=200, seconds=900))
    if engine != "sqlite":
        return  # With so few rows PostgreSQL reads the table, whatever there is.
    async with runtime.db.reading(shop) as session:
        since, until = at("2026-06-01 00:00"), at("2026-06-02 00:00")
        assert [page async for page in store.happened(session, shop, TYPES, since, until)]
    async with runtime.db.engine.connect() as connection:
        plan = await connection.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT at FROM events WHERE shop_id = :shop"
                " AND type >= 'service.' AND type < 'service/' AND type IN (:a, :b)"
                " AND at < :until AND at >= :since AND (at > :since OR at = :since AND seq > 9)"
                " ORDER BY at, seq LIMIT 2000"
            ),
            {"shop": shop, "a": "x", "b": "y", "since": "2026", "until": "2027"},
        )
        (line,) = [row.detail for row in plan]
        assert "events_of_service_by_time" in line, "and nothing is sorted"


async def test_a_period_is_read_in_pages_and_each_event_once(
    ask, write, runtime, shop, clock, monkeypatch
):
    """Also where pages end between events of one moment."""
    history = busy(at("2026-06-01 00:00"), 5, conversations=9, events=400, seconds=600)
    await write(history)
    clock.stand_at(history[-1].at)
    whole = await ask("service_report")
    sizes = []
    for size in (1, 7):
        monkeypatch.setattr(store, "PAGE", size)
        assert await ask("service_report") == whole
        async with runtime.db.reading(shop) as session:
            pages = store.happened(session, shop, TYPES, history[0].at, clock.now)
            found = [page async for page in pages]
        expected = [each for each in history if each.type in TYPES and each.at < clock.now]
        assert [each for page in found for each in page] == expected
        sizes.append(max(map(len, found)))
    assert sizes == [1, 7]


async def test_what_takes_long_in_a_report_holds_nobody_up(ask, write, runtime, clock, monkeypatch):
    history = busy(at("2026-06-01 00:00"), 5, conversations=9, events=400, seconds=600)
    await write(history)
    clock.stand_at(history[-1].at + timedelta(days=3))
    seen = [
        watched(monkeypatch, runtime.db, *what)
        for what in ((Sessions, "take"), (Counted, "take"), (counting, "drawn"))
    ]
    await ask("service_report")
    assert [set(each) for each in seen] == [{BESIDE}] * 3


async def test_who_paid_is_judged_by_what_each_session_led_to(ask, runtime, shop, clock):
    """The conversation names the order that came of it, and is about it from then on."""
    room = await Room(runtime, shop).start(buyer_id=buyer_id(shop, MINE))
    await room.writes("这个包邮吗")
    made = clock.now + timedelta(hours=1)
    order = OrderRecord(
        1, "B1", MINE, OrderStatus.PAID, created_at=made, paid_at=made, paid_fen=100
    )
    await load(runtime, shop, [order])
    clock.move(days=1)
    await room.closes()
    clock.move(days=2)
    async with runtime.db.transaction(shop) as session:
        row = await conversations.held(session, shop, room.id)
        row.order_id = "B1"
    await room.writes("到哪了")
    clock.move(days=3)
    (found,) = [each for each in (await ask("service_report")).figures if each.key == "conversion"]
    assert (found.of, found.n) == (1, 1)


async def test_an_order_that_only_the_conversation_names_is_what_it_led_to(
    ask, runtime, shop, clock
):
    made = clock.now + timedelta(hours=1)
    room = await Room(runtime, shop).start(buyer_id=buyer_id(shop, MINE), order_id="B2")
    await room.writes("这个包邮吗")
    order = OrderRecord(
        1, "B2", "小***草", OrderStatus.PAID, created_at=made, paid_at=made, paid_fen=100
    )
    await load(runtime, shop, [order])
    clock.move(days=3)
    (found,) = [each for each in (await ask("service_report")).figures if each.key == "conversion"]
    assert (found.of, found.n) == (1, 1)
