"""Who may do what with webhooks, and that a secret is told once and to nobody else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.base.webhooks.conftest import OWNER
from tests.base.webhooks.receiver import Reply
from zhanggui.base import events, tools
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.connections import MOST
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.events import EventRow
from zhanggui.base.principals import Principal
from zhanggui.base.webhooks import signing
from zhanggui.base.webhooks.events import WebhookSaved
from zhanggui.base.webhooks.models import WebhookRow
from zhanggui.base.words import speaking

NAMES = sorted(
    name for name, tool in tools.REGISTRY.items() if tool.run.__module__.endswith("webhooks.tools")
)
OF_A_WEBHOOK = ("remove_webhook", "rotate_webhook_secret", "test_webhook", "list_deliveries")


@pytest.mark.parametrize("role", ["agent", "viewer"])
@pytest.mark.parametrize("name", NAMES)
async def test_who_is_no_owner_has_nothing_to_do_with_webhooks(shop, role, name):
    with pytest.raises(Forbidden):
        await shop.call(name.removeprefix("base."), Principal("usr_1", role))


@pytest.mark.parametrize("kind", ["key", "assistant"])
@pytest.mark.parametrize("name", ["save_webhook", "remove_webhook", "rotate_webhook_secret"])
async def test_only_a_person_says_where_events_go(shop, kind, name):
    with pytest.raises(Forbidden):
        await shop.call(name, Principal("usr_owner", "owner", kind))


@pytest.mark.db
async def test_a_secret_is_told_once(shop, receiver, runtime, deliverer, capfd):
    made = await shop.listens(receiver.url, "sample.put", "base.webhook_secret_rotated")
    rotated = await shop.call("rotate_webhook_secret", webhook_id=made.id)
    await shop.happens(1)
    await deliverer.drain()
    await shop.call("test_webhook", webhook_id=made.id)
    saved = await shop.call("save_webhook", webhook_id=made.id, url=receiver.url)
    assert saved.secret is None
    told = [await shop.webhook(), await shop.deliveries(made.id)]
    async with runtime.db.reading(shop.id) as session:
        for table in (ToolCallRow, EventRow, WebhookRow):
            rows = await session.scalars(select(table).where(table.shop_id == shop.id))
            told += [vars(row) for row in rows]
    text = str(told) + "".join(capfd.readouterr()) + str(receiver.got)
    for secret in (made.secret, rotated.secret):
        assert secret.startswith("whsec_")
        assert secret.removeprefix("whsec_") not in text


async def test_a_secret_is_not_told_again_for_the_same_key(runtime, shop, receiver):
    async def save():
        return await tools.call(
            runtime,
            "base.save_webhook",
            {"url": receiver.url},
            shop_id=shop.id,
            principal=OWNER,
            idempotency_key="k1",
        )

    assert (await save()).output.secret
    with pytest.raises(Conflict):
        await save()


@pytest.mark.db
async def test_no_shop_sees_or_touches_anothers(shop, other_shop, receiver, deliverer):
    made = await other_shop.listens(receiver.url)
    await other_shop.happens(1)
    await deliverer.drain()
    (row,) = await other_shop.deliveries(made.id)
    assert (await shop.call("list_webhooks")).items == []
    for name in OF_A_WEBHOOK:
        with pytest.raises(NotFound):
            await shop.call(name, webhook_id=made.id)
    with pytest.raises(NotFound):
        await shop.call("redeliver", delivery_id=row.id)
    with pytest.raises(NotFound):
        await shop.call("save_webhook", webhook_id=made.id, url=receiver.url)
    assert len(receiver.got) == 1


async def test_what_cannot_be_listened_to_is_told(shop, receiver):
    with pytest.raises(Invalid) as told:
        await shop.listens(receiver.url, "sample.put", "nothing.at_all")
    assert told.value.where == "kinds"
    with pytest.raises(Invalid) as told:
        await shop.listens("ftp://a.example/")
    assert told.value.where == "url"


async def test_there_are_not_too_many(shop, receiver):
    for _ in range(MOST):
        await shop.listens(receiver.url)
    with pytest.raises(Conflict):
        await shop.listens(receiver.url)


async def test_every_kind_says_when_it_happens(shop):
    kinds = (await shop.call("list_event_kinds")).items
    assert {kind.type for kind in kinds} == set(events.REGISTRY)
    assert all(kind.when for kind in kinds)
    saved = next(kind for kind in kinds if kind.type == "base.webhook_saved")
    assert saved.when == WebhookSaved.zh
    with speaking("en"):
        kinds = (await shop.call("list_event_kinds")).items
    saved = next(kind for kind in kinds if kind.type == "base.webhook_saved")
    assert saved.when == "A person made a webhook or changed it."
    assert next(kind for kind in kinds if kind.type == "sample.put").fields == ["number"]


@pytest.mark.db
async def test_a_test_tells_what_the_receiver_said(shop, receiver, clock):
    made = await shop.listens(receiver.url, is_on=False)
    receiver.script = [Reply(200, body=b"thank you"), Reply(500, body=b"oh\x00 no")]
    tried = await shop.call("test_webhook", webhook_id=made.id)
    assert (tried.code, tried.failure, tried.answer) == (200, None, "thank you")
    tried = await shop.call("test_webhook", webhook_id=made.id)
    assert (tried.code, tried.answer) == (500, "oh no")
    assert tried.failure
    (got, _) = receiver.got
    assert (got.told["type"], got.told["data"]) == ("webhook.test", {"webhook_id": made.id})
    signed = signing.headers([made.secret], got.id, clock.now, got.body)
    assert got.headers["webhook-signature"] == signed["webhook-signature"]
    assert await shop.deliveries(made.id) == []


async def test_the_list_tells_how_a_webhook_is_doing(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url, description="ERP")
    receiver.script = [Reply(500)]
    await shop.happens(1)
    await deliverer.drain()
    found = await shop.webhook()
    assert (found.pending, found.failed, found.last.code) == (1, 0, 500)
    assert (found.description, found.kinds, found.made_by) == ("ERP", ["sample.put"], OWNER.id)
    clock.move(minutes=1)
    await deliverer.drain()
    found = await shop.webhook()
    assert (found.pending, found.last.status, found.id) == (0, "delivered", made.id)


async def test_nothing_is_sent_again_to_a_webhook_that_is_off(shop, receiver, deliverer, clock):
    made = await shop.listens(receiver.url)
    await shop.happens(1)
    await deliverer.drain()
    (row,) = await shop.deliveries(made.id)
    again = {"webhook_id": made.id, "url": receiver.url, "kinds": ["sample.put"]}
    await shop.call("save_webhook", **again, is_on=False)
    with pytest.raises(Conflict):
        await shop.call("redeliver", delivery_id=row.id)
    with pytest.raises(Conflict):
        await shop.call("replay_webhook", webhook_id=made.id, since=clock.now)


@pytest.mark.parametrize("days", [-1, 31])
async def test_a_moment_out_of_reach_is_told(shop, receiver, clock, days):
    made = await shop.listens(receiver.url)
    since = clock.now
    clock.move(days=days)
    with pytest.raises(Invalid) as told:
        await shop.call("replay_webhook", webhook_id=made.id, since=since)
    assert told.value.where == "since"
