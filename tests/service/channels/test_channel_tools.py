"""How an owner sets channels."""

from __future__ import annotations

import pytest

from tests.service.channels.wecom_stub import CORP_ID, KFID, SECRET
from zhanggui.base import tools
from zhanggui.base.connections import MOST
from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.service.channels import store


@pytest.mark.db
async def test_secrets_are_shown_once_and_kept_sealed(use, wecom, hook, runtime, shop):
    listed = (await use("list_channels")).model_dump_json()
    assert len(wecom.aes_key) == 43
    async with runtime.db.reading(shop) as session:
        kept = b"".join(row.sealed for row in await store.channels(session, shop))
    for secret in (hook.signing, wecom.token, wecom.aes_key, SECRET):
        assert secret not in listed
        assert secret.encode() not in kept
    again = await use(
        "save_channel", channel_id=wecom.id, kind="wecom", name="新名字", corp_id=CORP_ID,
        open_kfid=KFID,
    )  # fmt: skip
    assert (again.token, again.aes_key) == (None, None)
    view = next(each for each in (await use("list_channels")).items if each.id == wecom.id)
    assert (view.name, view.is_complete) == ("新名字", True)
    assert view.callback == f"/api/channels/{wecom.id}/wecom"


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"kind": "webhook"}, "url"),
        ({"kind": "webhook", "url": "https://10.0.0.1/"}, "url"),
        ({"kind": "wecom", "open_kfid": KFID}, "corp_id"),
        ({"kind": "wecom", "corp_id": CORP_ID}, "open_kfid"),
        ({"kind": "robot"}, "robot_url"),
    ],
)
async def test_what_is_missing_or_cannot_be_is_refused_where_it_is(use, given, where):
    with pytest.raises(Invalid) as refused:
        await use("save_channel", name="渠道", **given)
    assert refused.value.where == where
    assert (await use("list_channels")).items == []


async def test_a_channel_stays_of_its_kind_and_there_are_not_too_many(use, hook, receiver):
    with pytest.raises(Conflict):
        await use(
            "save_channel", channel_id=hook.id, kind="wecom", name="x", corp_id="c", open_kfid="k"
        )
    for _ in range(MOST - 1):
        await use("save_channel", kind="webhook", name="x", url=receiver.url)
    with pytest.raises(Conflict):
        await use("save_channel", kind="webhook", name="x", url=receiver.url)


@pytest.mark.db
async def test_only_the_owner_in_person_sets_them_and_each_shop_has_its_own(
    runtime, shop, other_shop_id, hook
):
    async def call(tool, principal, shop_id=shop, **given):
        await tools.call(runtime, f"service.{tool}", given, shop_id=shop_id, principal=principal)

    with pytest.raises(Forbidden):
        await call("list_channels", Principal("u1", "agent"))
    with pytest.raises(Forbidden):
        await call("remove_channel", Principal("key", "owner", "key"), channel_id=hook.id)
    with pytest.raises(NotFound):
        await call("remove_channel", Principal("u2", "owner"), other_shop_id, channel_id=hook.id)


async def test_a_test_reaches_a_webhook_and_says_what_it_answered(use, hook, receiver):
    tried = await use("test_channel", channel_id=hook.id)
    assert (tried.failure, tried.code, tried.answer) == (None, 200, "ok")
    assert receiver.types == ["channel.test"]


async def test_a_restored_house_without_its_key_says_so(use, hook, runtime, outside, relay):
    runtime.cipher = Cipher(b"x" * 32)
    assert (await use("test_channel", channel_id=hook.id)).failure == "密钥解不开"
    got = await outside.post(hook.callback, json={})
    assert got.status_code == 503


async def test_only_a_webhook_is_sent_its_replies_again_and_not_from_long_ago(
    use, hook, wecom, clock
):
    with pytest.raises(Conflict):
        await use("replay_channel", channel_id=wecom.id, since=clock.now.isoformat())
    with pytest.raises(Invalid):
        await use("replay_channel", channel_id=hook.id, since="2020-01-01T00:00:00Z")
