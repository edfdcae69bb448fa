"""The desk: whose a conversation is, by when it is due, and that nothing is answered twice."""

from datetime import timedelta

import pytest

from tests.service.chat.room import HANDOFF, Room
from tests.service.records import NOW
from zhanggui.base import clock as clocks
from zhanggui.base import house_tools
from zhanggui.base.auth import accounts
from zhanggui.base.auth.models import UserRow
from zhanggui.base.errors import Conflict, Forbidden, Invalid
from zhanggui.base.principals import Principal
from zhanggui.base.tools import call
from zhanggui.service.chat.models import DeskLook
from zhanggui.service.chat.writing import Reply

__all__ = ["house_tools"]

pytestmark = pytest.mark.db

ANGRY = Reply("实在抱歉，我请同事来。", "handoff", cause="complaint")


@pytest.fixture
async def people(runtime, shop, clock):
    """Two people of the shop, by name."""
    clock.stand_at(NOW)
    async with runtime.db.transaction(shop) as session:
        for name in ("小王", "小李"):
            session.add(
                UserRow(id=f"user_{name}", email=f"{name}@e.test", name=name, created_at=clock.now)
            )
            await session.flush()
            await accounts.put_member(session, f"user_{name}", "agent")
    return {name: Principal(f"user_{name}", "agent") for name in ("小王", "小李")}


@pytest.fixture
def does(runtime, shop, people):
    """Call a tool of the room as somebody."""

    async def does(who, name, **given):
        principal = people.get(who) or Principal("user_viewer", "viewer")
        outcome = await call(runtime, f"service.{name}", given, shop_id=shop, principal=principal)
        return outcome.output

    return does


@pytest.fixture
def handed_over(runtime, shop, people):
    """A conversation that the program has handed over."""

    async def handed_over(said=HANDOFF, **given):
        room = await Room(runtime, shop).start(**given)
        await room.writes("我要退货")
        await room.replies(await room.takes(), said)
        return room

    return handed_over


async def test_what_nobody_has_room_for_waits_for_whoever_comes(does, handed_over, clock):
    later = await handed_over()
    clock.move(seconds=1)
    urgent = await handed_over(ANGRY)
    assert (await later.row()).assignee is None
    desk = await does("小王", "set_desk", is_on=True, most=1)
    assert (desk.unassigned, desk.mine, desk.mine_waiting, desk.waiting) == (1, 1, 1, 2)
    assert (await urgent.row()).assignee == "user_小王", "the urgent one comes first"
    await does("小李", "set_desk", is_on=True)
    assert (await later.row()).assignee == "user_小李"


async def test_who_has_left_the_shop_is_given_nothing(does, handed_over, runtime, shop):
    await does("小王", "set_desk", is_on=True)
    owner = Principal("user_owner", "owner")
    await call(
        runtime, "base.remove_member", {"user_id": "user_小王"}, shop_id=shop, principal=owner
    )
    assert (await (await handed_over()).row()).assignee is None


async def test_it_is_given_to_who_can_and_has_fewest(does, handed_over):
    await does("小王", "set_desk", is_on=True, skills=["complaint"])
    await does("小李", "set_desk", is_on=True, skills=["presale", "aftersale", "order"])
    assert (await (await handed_over()).row()).assignee == "user_小李"
    assert (await (await handed_over(ANGRY)).row()).assignee == "user_小王"
    await does("小王", "set_desk", is_on=True)
    assert (await (await handed_over(ANGRY)).row()).assignee == "user_小王"
    assert (await (await handed_over()).row()).assignee == "user_小李"


async def test_who_leaves_gives_what_is_not_answered_to_others(does, handed_over):
    await does("小王", "set_desk", is_on=True)
    waiting, answered = await handed_over(), await handed_over()
    await does("小王", "send_message", id=answered.id, text="好的", seen=2, client_id="c")
    await does("小李", "set_desk", is_on=True)
    await does("小王", "set_desk", is_on=False)
    assert (await waiting.row()).assignee == "user_小李"
    assert (await answered.row()).assignee == "user_小王", "the shopper knows them"


async def test_it_is_due_within_the_hours_in_which_people_answer(runtime, does, handed_over, clock):
    assert (await (await handed_over()).row()).due_at == clock.now + timedelta(minutes=3)
    owner = Principal("owner", "owner")
    await call(
        runtime, "service.save_hours", {"opens": "13:00", "closes": "22:00", "answer_minutes": 10},
        shop_id=(await handed_over()).shop_id, principal=owner,
    )  # fmt: skip
    due = (await (await handed_over()).row()).due_at
    assert f"{clocks.local(due):%d %H:%M}" == "10 13:10"


async def test_it_is_due_again_whenever_the_shopper_writes(does, handed_over, clock):
    room = await handed_over()
    await does("小王", "send_message", id=room.id, text="您好", seen=2, client_id="c1")
    assert (await room.row()).due_at is None
    clock.move(seconds=60)
    await room.writes("在吗")
    due = (await room.row()).due_at
    assert due == clock.now + timedelta(minutes=3)
    clock.move(seconds=60)
    await room.writes("人呢")
    assert (await room.row()).due_at == due, "it waits since the first"
    assert (await does("小王", "desk")).late == 0
    clock.move(minutes=3)
    assert (await does("小王", "desk")).late == 1


async def test_nothing_is_answered_twice(does, handed_over):
    room = await handed_over()
    await does("小王", "send_message", id=room.id, text="您好，我是小王", seen=2, client_id="c1")
    again = await does(
        "小王", "send_message", id=room.id, text="您好，我是小王", seen=2, client_id="c1"
    )
    assert len(again.items) == 3
    with pytest.raises(Conflict):
        await does("小李", "send_message", id=room.id, text="我是小李", seen=2, client_id="d1")
    seen = await does("小李", "get_conversation", id=room.id)
    assert seen.items[-1].by.name == "小王"
    await does("小李", "send_message", id=room.id, text="我来帮忙", seen=3, client_id="d2")
    assert (await room.row()).assignee == "user_小李"


async def test_a_draft_is_not_sent_to_what_it_does_not_answer(does, handed_over):
    room = await handed_over()
    await room.writes("算了，我要换货")
    draft = {"id": room.id, "text": "可以退的", "seen": 2, "client_id": "draft-2"}
    with pytest.raises(Conflict):
        await does("小王", "send_message", **draft, drafted=2)
    await does("小王", "send_message", **draft, drafted=3)
    await does("小王", "send_message", **draft, drafted=2)
    assert [m.author for m in await room.messages()].count("person") == 1


async def test_a_note_that_is_sent_twice_is_one(does, handed_over):
    room = await handed_over()
    await does("小王", "add_note", id=room.id, text="已问仓库", client_id="n1")
    noted = await does("小王", "add_note", id=room.id, text="已问仓库", client_id="n1")
    assert [each.text for each in noted.items if each.author == "note"] == ["已问仓库"]
    await does("小王", "add_note", id=room.id, text="已问仓库", client_id="n2")
    assert (await room.row()).last_seq == 4


async def test_a_person_takes_a_conversation_from_the_program(does, runtime, shop, people):
    room = await Room(runtime, shop).start()
    await room.writes("能开票吗")
    taken = await room.takes()
    await does("小王", "take_conversation", id=room.id)
    with pytest.raises(Conflict):
        await room.replies(taken)
    row = await room.row()
    assert (row.state, row.assignee) == ("person", "user_小王")
    assert row.due_at is not None
    await does("小王", "resume_conversation", id=room.id)
    assert (await room.row()).assignee is None
    assert (await room.takes()).until == 1


async def test_it_is_handed_on_with_a_note(does, handed_over):
    room = await handed_over()
    await does("小王", "take_conversation", id=room.id)
    await does("小王", "transfer_conversation", id=room.id, to="user_小李", note="买家要退款")
    seen = await does("小李", "list_conversations", whose="mine")
    assert [each.id for each in seen.items] == [room.id]
    whole = await does("小李", "get_conversation", id=room.id)
    note = whole.items[-1]
    assert (note.author, note.text, note.mentions[0].name) == ("note", "买家要退款", "小李")
    await does("小李", "transfer_conversation", id=room.id, skill="complaint")
    row = await room.row()
    assert (row.assignee, row.skill) == (None, "complaint")
    with pytest.raises(Invalid):
        await does("小李", "transfer_conversation", id=room.id)
    with pytest.raises(Invalid):
        await does("小李", "transfer_conversation", id=room.id, to="user_nobody")


async def test_a_closed_conversation_is_nobodys(does, handed_over):
    room = await handed_over()
    await does("小王", "close_conversation", id=room.id)
    row = await room.row()
    assert (row.state, row.assignee, row.due_at, row.is_urgent) == ("closed", None, None, False)
    with pytest.raises(Conflict):
        await does("小王", "take_conversation", id=room.id)
    assert (await does("小王", "list_conversations", which="closed")).total == 1


async def test_a_list_says_what_a_person_is_asked_and_not_that_they_are_to_come(does, handed_over):
    room = await handed_over()
    (seen,) = (await does("小王", "list_conversations")).items
    asked = (await room.said())[0][1]
    assert (seen.asked, seen.last_author) == (asked, "ai")
    assert seen.last != asked
    await room.writes("我电话 13812345678")
    (seen,) = (await does("小王", "list_conversations")).items
    assert seen.asked.startswith("我电话")
    assert "13812345678" not in seen.asked
    await does("小王", "send_message", id=room.id, text="好的", seen=3, client_id="c")
    (seen,) = (await does("小王", "list_conversations")).items
    assert (seen.asked, seen.last) == (None, "好的")


async def test_conversations_are_found_by_their_tags(does, handed_over):
    room, _ = await handed_over(), await handed_over()
    await does("小王", "tag_conversation", id=room.id, tags=[" 急 ", "退货", "急"])
    found = await does("小王", "list_conversations", tag="退货")
    assert [each.tags for each in found.items] == [["急", "退货"]]


async def test_viewers_see_no_phone_numbers(does, runtime, shop, people):
    room = await Room(runtime, shop).start()
    await room.writes("电话13812345678")
    masked = await does("谁", "get_conversation", id=room.id)
    assert "13812345678" not in str(masked)
    assert "13812345678" in (await does("小王", "get_conversation", id=room.id)).items[0].text
    assert "13812345678" not in str(await does("小王", "list_conversations", which="all"))
    with pytest.raises(Forbidden):
        await does("谁", "send_message", id=room.id, text="好", seen=1, client_id="c")


async def test_who_has_it_open_is_seen_by_the_others(does, runtime, shop, handed_over, clock):
    room = await handed_over()
    async with runtime.db.transaction(shop) as session:
        session.add(
            DeskLook(
                shop_id=shop, conversation_id=room.id, user_id="user_小王", seen_at=clock.now,
                typed_at=clock.now,
            )
        )  # fmt: skip
    (seen,) = (await does("小李", "list_conversations")).items
    assert [(each.name, each.is_typing) for each in seen.lookers] == [("小王", True)]
    clock.move(minutes=1)
    (seen,) = (await does("小李", "list_conversations")).items
    assert seen.lookers == []


async def test_a_brief_says_what_is_needed_and_drafts_a_reply(
    does, answerer, runtime, shop, people
):
    room = await Room(runtime, shop).start()
    await room.writes("发票怎么开")
    await answerer.drain()
    await room.writes("我要投诉，你们这什么破店，电话13812345678")
    await answerer.drain()
    brief = await does("小王", "brief", id=room.id)
    assert brief.summary.mood == "angry"
    assert brief.summary.tried[0].text.startswith("可以开电子发票。")
    assert "投诉" in brief.summary.need[-1]
    assert "13812345678" not in str(brief)
    assert brief.draft.is_form
    await room.resumes()
    await room.writes("那发票怎么开")
    brief = await does("小王", "brief", id=room.id)
    assert brief.draft.text.startswith("可以开电子发票。")
    assert brief.draft.sources[0].id == "faq:F1"


async def test_what_a_person_answered_is_no_longer_needed(does, handed_over, answerer):
    room = await handed_over()
    await does("小王", "send_message", id=room.id, text="可以退的", seen=2, client_id="d1")
    await room.writes("那运费呢")
    brief = await does("小王", "brief", id=room.id)
    assert brief.summary.need == ["那运费呢"]
