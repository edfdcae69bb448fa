"""What happened reaches the receiver, once it can, whatever receivers and processes do."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from tests.base.webhooks.receiver import Behaviour, Receiver, Reply
from zhanggui.base.connections import KEPT
from zhanggui.base.events import EventRow
from zhanggui.base.runtime import opened
from zhanggui.base.webhooks import retrying, sending, signing
from zhanggui.base.webhooks.deliverer import Deliverer
from zhanggui.base.webhooks.leasing import LEASE
from zhanggui.base.webhooks.sending import Failure

pytestmark = pytest.mark.db


async def numbers_of(receiver):
    return [got.told["data"]["number"] for got in receiver.got]


async def test_an_event_is_told_as_it_is_and_signed(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url)
    await shop.happens(7)
    await deliverer.drain()
    (got,) = receiver.got
    assert got.path == "/hook"
    assert got.told == {
        "type": "sample.put",
        "timestamp": "2026-06-01T02:00:00Z",
        "data": {"number": 7},
    }
    assert got.headers["content-type"] == "application/json"
    signed = signing.headers([made.secret], got.id, clock.now, got.body)
    assert {name: got.headers[name] for name in signed} == signed
    (row,) = await shop.deliveries(made.id)
    assert (row.id, row.status, row.code, row.attempts) == (got.id, "delivered", 200, 1)
    await deliverer.drain()
    assert len(receiver.got) == 1


async def test_a_webhook_hears_what_it_listens_to_from_then_on(
    shop, other_shop, receiver, deliverer, clock
):
    await shop.happens(1)
    clock.move(seconds=1)
    await shop.listens(receiver.url)
    await shop.call("save_webhook", url=receiver.url, kinds=["base.webhook_removed"])
    await other_shop.happens(2)
    await shop.happens(3)
    await deliverer.drain()
    assert await numbers_of(receiver) == [3]


async def test_one_that_listens_to_all_hears_all(shop, receiver, deliverer):
    await shop.call("save_webhook", url=receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    assert set(receiver.types) >= {"sample.put"}


async def test_each_shop_tells_its_own_receiver(shop, other_shop, receiver, deliverer):
    async with Receiver() as other:
        await shop.listens(receiver.url)
        await other_shop.listens(other.url)
        await shop.happens(1, 2)
        await other_shop.happens(3)
        await deliverer.drain()
        assert sorted(await numbers_of(receiver)) == [1, 2]
        assert await numbers_of(other) == [3]


REDIRECT = Reply(302, {"location": "http://10.0.0.1/"})
FAULTS: dict[str, tuple[Reply | Behaviour, int | None, Failure]] = {
    "500": (Reply(500), 500, "answer"),
    "closes": ("close", None, "broken"),
    "slow": ("hang", None, "timeout"),
    "redirect": (REDIRECT, 302, "redirect"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_failed_is_tried_again_under_the_same_id(
    shop, receiver, deliverer, clock, monkeypatch, fault
):
    behaviour, code, failure = FAULTS[fault]
    if fault == "slow":
        monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.5)
    receiver.script = [behaviour]
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    monkeypatch.undo()
    (row,) = await shop.deliveries(made.id)
    assert (row.status, row.code, row.attempts) == ("pending", code, 1)
    assert row.failure == str(sending.FAILURES[failure])
    assert (await shop.webhook()).failing_since is not None
    await deliverer.drain()
    assert len(receiver.got) == 1, "it is not yet time"


async def test_the_second_attempt_gets_through(shop, receiver, deliverer, clock):
    receiver.script = [Reply(500)]
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    clock.move(seconds=6)
    await deliverer.drain()
    first, second = receiver.got
    assert first.id == second.id
    assert first.body == second.body
    assert int(second.headers["webhook-timestamp"]) == int(first.headers["webhook-timestamp"]) + 6
    (row,) = await shop.deliveries(made.id)
    assert (row.status, row.code, row.failure, row.attempts) == ("delivered", 200, None, 2)
    assert (await shop.webhook()).failing_since is None


async def test_an_answer_without_end_is_an_answer(shop, receiver, deliverer):
    receiver.usual = "flood"
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    (row,) = await shop.deliveries(made.id)
    assert row.status == "delivered"


async def test_who_asks_to_be_left_alone_is(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    receiver.script = [Reply(500), Reply(429, {"retry-after": "3600"})]
    await deliverer.drain()
    await shop.happens(2)
    await deliverer.drain()
    assert len(receiver.got) == 2
    clock.move(seconds=3599)
    await deliverer.drain()
    assert len(receiver.got) == 2, "the first, whose time has come, is held back too"
    clock.move(seconds=1)
    await deliverer.drain()
    clock.move(minutes=6)
    await deliverer.drain()
    assert {row.status for row in await shop.deliveries(made.id)} == {"delivered"}


async def test_who_is_gone_is_told_nothing_more(shop, receiver, deliverer, runtime):
    receiver.usual = Reply(410)
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    await shop.happens(2)
    await deliverer.drain()
    assert len(receiver.got) == 1
    found = await shop.webhook()
    assert (found.is_on, found.stopped, found.failed) == (False, "gone", 1)
    async with runtime.db.reading(shop.id) as session:
        query = select(EventRow.data).where(
            EventRow.shop_id == shop.id, EventRow.type == "base.webhook_stopped"
        )
        assert await session.scalar(query) == {"id": made.id, "reason": "gone"}


async def test_it_is_given_up_after_three_days_and_the_webhook_switched_off(
    shop, receiver, deliverer, clock
):
    receiver.usual = Reply(500)
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    began = clock.now
    await deliverer.drain()
    (row,) = await shop.deliveries(made.id)
    while row.due_at is not None:
        clock.stand_at(row.due_at)
        await deliverer.drain()
        (row,) = await shop.deliveries(made.id)
    assert len(receiver.got) == len(retrying.DELAYS) + 1
    assert len(set(receiver.ids)) == 1
    assert clock.now - began >= retrying.GIVE_UP
    found = await shop.webhook()
    assert (found.is_on, found.stopped, found.failed) == (False, "failing", 1)

    receiver.usual = Reply()
    await shop.call("save_webhook", webhook_id=made.id, url=receiver.url, kinds=["sample.put"])
    found = await shop.webhook()
    assert (found.is_on, found.stopped, found.failing_since) == (True, None, None)
    await shop.call("redeliver", delivery_id=row.id)
    await deliverer.drain()
    assert (await shop.deliveries(made.id))[0].status == "delivered"


async def test_what_happens_while_it_is_off_is_not_told(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url, is_on=False)
    again = {"webhook_id": made.id, "url": receiver.url, "kinds": ["sample.put"]}
    await shop.happens(1)
    await deliverer.drain()
    clock.move(seconds=1)
    await shop.call("save_webhook", **again)
    await shop.happens(2)
    await deliverer.drain()
    assert await numbers_of(receiver) == [2]


async def test_what_is_chosen_anew_is_told_from_then_on(shop, receiver, deliverer):
    made = await shop.listens(receiver.url, "base.webhook_removed")
    await shop.call("save_webhook", webhook_id=made.id, url=receiver.url, kinds=["sample.put"])
    await shop.happens(1)
    await deliverer.drain()
    assert await numbers_of(receiver) == [1]


async def test_processes_share_the_work_and_tell_nothing_twice(
    shop, other_shop, receiver, settings
):
    for each in (shop, other_shop):
        for _ in range(2):
            await each.listens(receiver.url)
        await each.happens(*range(10))
    async with opened(settings) as second, opened(settings) as third:
        loops = [Deliverer(each) for each in (shop.runtime, second, third)]
        while len(receiver.got) < 40:
            await asyncio.gather(*(each.drain() for each in loops))
    assert set(Counter(receiver.ids).values()) == {1}
    assert len(receiver.got) == 40


_SENDS_AND_DIES = """
import asyncio, os, signal, sys
from zhanggui import rooms
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings
from zhanggui.base.webhooks import leasing
from zhanggui.base.webhooks.deliverer import Deliverer

async def die(*given):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    rooms.load_tools()
    import tests.base.sample_tools
    leasing.record = die
    async with opened(Settings.model_validate_json(sys.stdin.read())) as runtime:
        await Deliverer(runtime).drain()

asyncio.run(main())
"""


async def test_what_a_killed_process_had_sent_is_sent_again_under_the_same_id(
    shop, receiver, deliverer, settings, clock
):
    clock.stand_at(datetime.now(UTC))
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    command = [sys.executable, "-c", _SENDS_AND_DIES]
    given = settings.model_dump_json().encode()
    ended = await asyncio.to_thread(subprocess.run, command, input=given, check=False)
    assert ended.returncode < 0
    assert len(receiver.got) == 1
    (row,) = await shop.deliveries(made.id)
    assert (row.status, row.attempts) == ("pending", 0)
    clock.move(seconds=LEASE.total_seconds() / 2)
    await deliverer.drain()
    assert len(receiver.got) == 1, "it is held still"
    clock.move(seconds=LEASE.total_seconds() * 2)
    await deliverer.drain()
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1
    assert (await shop.deliveries(made.id))[0].status == "delivered"


async def test_a_running_loop_tells_what_happens_and_ends_when_told_to(shop, receiver, runtime):
    task = asyncio.create_task(Deliverer(runtime, period=0.05).run())
    await shop.listens(receiver.url)
    await shop.happens(1)
    await receiver.has(1)
    receiver.usual = "hang"
    await shop.happens(2)
    await receiver.has(2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()


async def test_both_secrets_sign_for_a_day(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url)
    rotated = await shop.call("rotate_webhook_secret", webhook_id=made.id)
    assert rotated.secret != made.secret
    await shop.happens(1)
    await deliverer.drain()
    clock.move(hours=25)
    await shop.happens(2)
    await deliverer.drain()
    for got, secrets in zip(
        receiver.got, ([rotated.secret, made.secret], [rotated.secret]), strict=True
    ):
        moment = datetime.fromtimestamp(int(got.headers["webhook-timestamp"]), UTC)
        signed = signing.headers(secrets, got.id, moment, got.body)
        assert got.headers["webhook-signature"] == signed["webhook-signature"]
    assert (await shop.webhook()).former_until is None


async def test_what_cannot_be_signed_is_not_sent(shop, receiver, settings, shop_id, tmp_path):
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    other = settings.model_copy(update={"secret_key": SecretStr("A" * 43 + "=")})
    async with opened(other) as runtime:
        await Deliverer(runtime, random=Random(1)).drain()
    assert receiver.got == []
    (row,) = await shop.deliveries(made.id)
    assert row.failure == str(sending.FAILURES["key"])


async def test_deliveries_are_kept_for_thirty_days(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    clock.move(days=KEPT.days - 1)
    await shop.happens(2)
    await deliverer.drain()
    assert len(await shop.deliveries(made.id)) == 2
    clock.move(days=2)
    await deliverer.drain()
    assert len(await shop.deliveries(made.id)) == 1


async def test_what_happened_since_a_moment_is_told_once_more(shop, receiver, deliverer, clock):
    await shop.happens(1)
    clock.move(hours=1)
    await shop.happens(2)
    since = clock.now
    clock.move(hours=1)
    made = await shop.listens(receiver.url)
    await shop.happens(3)
    await deliverer.drain()
    assert await numbers_of(receiver) == [3]
    replayed = await shop.call("replay_webhook", webhook_id=made.id, since=since)
    assert replayed.events == 2
    await deliverer.drain()
    assert sorted(await numbers_of(receiver)) == [2, 3, 3]
    assert len(set(receiver.ids)) == 2
    await shop.happens(4)
    await deliverer.drain()
    assert sorted(await numbers_of(receiver)) == [2, 3, 3, 4]


async def test_what_is_removed_is_told_nothing_more(shop, receiver, deliverer):
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await shop.call("remove_webhook", webhook_id=made.id)
    await deliverer.drain()
    assert receiver.got == []
    assert (await shop.call("list_webhooks")).items == []


async def test_one_webhook_that_cannot_be_served_holds_up_no_other(
    shop, receiver, deliverer, monkeypatch
):
    await shop.listens("http://127.0.0.1:1/")
    await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    assert await numbers_of(receiver) == [1]
