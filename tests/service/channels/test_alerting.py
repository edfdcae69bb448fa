"""Staff are told by a group's robot of conversations that wait, once of each and without a word of
what was said."""

from __future__ import annotations

import pytest

from tests.service.channels.conftest import PUBLIC
from tests.service.channels.wecom_stub import ROBOT_KEY
from tests.service.chat.room import HANDOFF, employ
from zhanggui.base.errors import Conflict, Invalid
from zhanggui.service.channels.alerting import REST

URL = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={ROBOT_KEY}"


@pytest.fixture
async def robot(use, stub):
    return await use("save_channel", kind="robot", name="客服群", robot_url=URL, warn_minutes=1)


@pytest.fixture
def waits(room_of):
    """A conversation that the program has handed over."""

    async def waits(text="我的手机是13800138000，找人工"):
        room = room_of("")
        await room.start()
        await room.writes(text)
        await room.replies(await room.takes(), HANDOFF)
        return room

    return waits


@pytest.mark.db
async def test_nobody_there_is_told_once_with_the_way_to_the_desk(
    robot, waits, relay, stub, clock, shop
):
    room = await waits()
    await relay.drain()
    (said,) = stub.robot
    assert said.startswith("**1 段会话在等人工，接待台没有人在岗**")
    assert f"({PUBLIC}/shops/{shop}/desk?open={room.id})" in said
    assert "138" not in said
    clock.move(seconds=REST.total_seconds())
    await relay.drain()
    assert len(stub.robot) == 1


async def test_what_comes_soon_after_is_told_together(robot, waits, relay, stub, clock):
    await waits()
    await relay.drain()
    for _ in range(30):
        await waits()
        await relay.drain()
    assert len(stub.robot) == 1
    clock.move(seconds=REST.total_seconds())
    await relay.drain()
    assert stub.robot[1].startswith("**30 段会话在等人工")
    assert stub.robot[1].count("> [") == 8
    assert len(stub.robot[1].encode()) <= 4096


async def test_who_is_there_is_told_only_of_what_is_about_to_be_late(
    robot, waits, relay, stub, clock, runtime, shop
):
    await employ(runtime, shop, "u1")
    room = await waits()
    await room.at_desk("u1", is_on=True, most=5)
    await relay.drain()
    assert stub.robot == []
    due = (await room.row()).due_at
    clock.stand_at(due)
    clock.move(minutes=-1)
    await relay.drain()
    (said,) = stub.robot
    assert said.startswith("**1 段会话快要超时**")
    clock.move(seconds=30)
    await relay.drain()
    assert len(stub.robot) == 1
    await room.speaks("来了")
    await room.writes("再问一句", client_id="again")
    clock.stand_at((await room.row()).due_at)
    await relay.drain()
    assert "已经超时" in stub.robot[1]


async def test_a_robot_that_is_held_back_says_it_later(robot, waits, relay, stub, clock, use):
    await waits()
    stub.errors["webhook/send"] = [45009]
    await relay.drain()
    (shown,) = (await use("list_channels")).items
    assert shown.failure == "调用太频繁，被企业微信限制"
    clock.move(seconds=30)
    await relay.drain()
    assert stub.robot == []
    clock.move(seconds=31)
    await relay.drain()
    assert len(stub.robot) == 1


async def test_a_robot_is_tried_and_its_address_is_checked(use, stub, robot):
    assert (await use("test_channel", channel_id=robot.id)).failure is None
    assert stub.robot == ["掌柜的测试消息：以后有会话等不到人，会在这里提醒。"]
    for url in ("https://evil.example/send?key=1234567890", URL + "&x=1"):
        with pytest.raises(Invalid) as refused:
            await use("save_channel", kind="robot", name="群", robot_url=url)
        assert refused.value.where == "robot_url"
    other = URL.replace("693axxx6", "00000000")
    await use("save_channel", channel_id=robot.id, kind="robot", name="群", robot_url=other)
    failed = await use("test_channel", channel_id=robot.id)
    assert (failed.code, failed.failure) == (93000, "群机器人的地址不对，或机器人已被移除")
    with pytest.raises(Conflict):
        await use("rotate_channel_secret", channel_id=robot.id)
