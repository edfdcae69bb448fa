"""What people do at the desk: see who waits, take a conversation, answer, hand it on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from sqlalchemy import Select

from zhanggui.base import clock
from zhanggui.base.auth import accounts
from zhanggui.base.errors import Conflict, Forbidden, Invalid
from zhanggui.base.listing import records_of
from zhanggui.base.principals import STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.waking import Waking
from zhanggui.base.words import Text
from zhanggui.service.channels import reaching
from zhanggui.service.chat import conversations, desk, desk_store, store
from zhanggui.service.chat.desk import SKILLS, Skill
from zhanggui.service.chat.desk_views import (
    ConversationView,
    PersonView,
    WholeConversation,
    listed,
    whole,
)
from zhanggui.service.chat.models import Conversation, DeskAgent
from zhanggui.service.chat.streaming import desk_topic

_MOST_MESSAGES = 500
_MOST_TAGS = 10
_OPEN = ("ai", "waiting", "person")
_STATES = {
    "open": _OPEN,
    "people": ("waiting", "person"),
    "ai": ("ai",),
    "closed": ("closed",),
    "all": (*_OPEN, "closed"),
}
ConversationId = Annotated[str, Field(min_length=1, max_length=40)]
Tag = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]


class ConversationList(Input):
    """Which conversations: `people` are those that a person has or is to have."""

    which: Literal["open", "people", "ai", "closed", "all"] = "people"
    whose: Literal["anybody", "mine", "nobody"] = "anybody"
    tag: str = Field("", max_length=20)
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class ConversationPage(Output):
    """Conversations of a page."""

    items: list[ConversationView]
    total: int
    page: int
    size: int


def asked_for(call: Call, given: ConversationList) -> Select[Conversation]:
    """The conversations that are asked for."""
    return store.conversations_query(
        call.shop_id,
        states=_STATES[given.which],
        assignee=call.principal.id if given.whose == "mine" else None,
        nobodys=given.whose == "nobody",
        tag=given.tag,
    )


@tool(
    "service.list_conversations",
    purpose=Text("列出会话", "List conversations"),
    risk="read",
    roles=STAFF,
)
async def list_conversations(call: Call, given: ConversationList) -> ConversationPage:
    """Conversations: the urgent first, then by when they are due, then the last written in."""
    found = await records_of(call.session, asked_for(call, given), given.page, given.size)
    return ConversationPage(
        items=await listed(call, found.rows), total=found.total, page=given.page, size=given.size
    )


class ConversationChoice(Input):
    """Which conversation."""

    id: ConversationId


@tool(
    "service.get_conversation",
    purpose=Text("查看会话", "Read a conversation"),
    risk="read",
    roles=STAFF,
)
async def get_conversation(call: Call, given: ConversationChoice) -> WholeConversation:
    """A conversation with its last messages, how each was decided, and who has it open. Raises
    NotFound."""
    return await _as_it_stands(call, given)


async def _as_it_stands(call: Call, given: ConversationChoice) -> WholeConversation:
    """A conversation as it is now. It is what a change gives when it is asked for again: what was
    said is sealed in the conversation and goes with it, and lies nowhere else."""
    row = await store.conversation(call.session, call.shop_id, given.id)
    if row is None:
        raise conversations.unknown(given.id)
    return await _whole(call, row)


class SendInput(ConversationChoice):
    """What to say to the shopper. `seen` is the last message the writer saw, and `drafted` the last
    that a draft took into account which is sent as it is; `client_id` is the sender's own, and the
    same again is the same message."""

    text: str = Field(min_length=1, max_length=2000)
    seen: int = Field(ge=0)
    drafted: int | None = Field(None, ge=0)
    client_id: str = Field(min_length=1, max_length=64)


@tool(
    "service.send_message",
    purpose=Text("回复买家", "Answer a shopper"),
    risk="act",
    roles=WORKERS,
    again=_as_it_stands,
    rate="120 per minute",
)
async def send_message(call: Call, given: SendInput) -> WholeConversation:
    """Say something for the shop; the program is silent from here on. Raises Conflict where the
    shop has said something that the writer had not seen: nothing is answered twice. And where the
    shopper has written since the draft was made that is sent, or is not reached any more."""
    session, shop_id = call.session, call.shop_id
    row = await _held(call, given.id)
    known = await store.sent(session, shop_id, row.id, given.client_id)
    if known is None:
        await reaching.must_reach(session, row)
    if known is None and await desk_store.last_answer(session, shop_id, row.id) > given.seen:
        raise Conflict(
            Text("刚才已经有人回复了", "Somebody has just answered"),
            hint=Text("看过新的回复再决定要不要发。", "Read it, then decide whether to send."),
            where="seen",
        )
    if known is None and given.drafted is not None and row.shopper_seq > given.drafted:
        raise Conflict(
            Text("买家又说了话，这份草稿没有发出去", "The shopper has written since; not sent"),
            hint=Text("按新的话重新起草，再发。", "Have it drafted anew, then send it."),
            where="drafted",
        )
    await conversations.speak(
        session, call.runtime.cipher, row, text=given.text, by=call.principal.id,
        client_id=given.client_id,
    )  # fmt: skip
    return await _changed(call, row)


class NoteInput(ConversationChoice):
    """A note for the others, or for those it names. `client_id` is the sender's own, and the same
    again is the same note."""

    text: str = Field(min_length=1, max_length=2000)
    client_id: str | None = Field(None, min_length=1, max_length=64)
    mentions: list[str] = Field(default_factory=list, max_length=10)


@tool(
    "service.add_note",
    purpose=Text("写内部备注", "Write a note on a conversation"),
    risk="act",
    roles=WORKERS,
    again=_as_it_stands,
)
async def add_note(call: Call, given: NoteInput) -> WholeConversation:
    """Write something down that the shopper never sees. Raises Invalid for who is not of the
    shop."""
    await _must_be_members(call, given.mentions, "mentions")
    row = await _held(call, given.id)
    await conversations.note(
        call.session, call.runtime.cipher, row, text=given.text, by=call.principal.id,
        client_id=given.client_id, mentions=given.mentions,
    )  # fmt: skip
    return await _changed(call, row)


@tool(
    "service.take_conversation",
    purpose=Text("接手会话", "Take a conversation"),
    risk="act",
    roles=WORKERS,
    again=_as_it_stands,
)
async def take_conversation(call: Call, given: ConversationChoice) -> WholeConversation:
    """Make a conversation one's own; the program is silent in it. Raises Conflict for a closed
    one."""
    row = await _held(call, given.id)
    await conversations.take_over(call.session, row, by=call.principal.id)
    return await _changed(call, row)


class TransferInput(ConversationChoice):
    """To whom: a person, or whoever has the skill and room."""

    to: str | None = Field(None, max_length=64)
    skill: Skill | None = None
    note: str = Field("", max_length=2000)


@tool(
    "service.transfer_conversation",
    purpose=Text("转交会话", "Hand a conversation to somebody else"),
    risk="act",
    roles=WORKERS,
    again=_as_it_stands,
)
async def transfer_conversation(call: Call, given: TransferInput) -> WholeConversation:
    """Give a conversation to a person, or to the queue of a skill, with a note. Raises Invalid
    where neither is named, and Conflict for a closed one."""
    session = call.session
    if (given.to is None) == (given.skill is None):
        raise Invalid(
            Text("选一位同事，或选一个技能组", "Choose a person or a skill"),
            hint=Text("两者选一个。", "One of the two."),
            where="to",
        )
    if given.to is not None:
        await _must_be_members(call, [given.to], "to")
    await desk.enter(session, call.shop_id)
    row = await _held(call, given.id)
    conversations.must_be_open(row)
    if given.note:
        mentions = [given.to] if given.to is not None else []
        await conversations.note(
            session, call.runtime.cipher, row, text=given.note, by=call.principal.id,
            mentions=mentions,
        )  # fmt: skip
    if row.state == "ai":
        await conversations.take_over(session, row, by=call.principal.id)
    if given.to is not None:
        await desk.assign(session, row, given.to, by=call.principal.id)
    else:
        row.skill = given.skill
        await desk.assign(session, row, None, by=call.principal.id)
        await desk.give(session, row, by=call.principal.id)
    return await _changed(call, row)


class TagInput(ConversationChoice):
    """All tags the conversation is to have."""

    tags: list[Tag] = Field(max_length=_MOST_TAGS)


@tool(
    "service.tag_conversation", purpose=Text("给会话打标签", "Tag a conversation"), risk="act",
    roles=WORKERS,
    again=_as_it_stands,
)  # fmt: skip
async def tag_conversation(call: Call, given: TagInput) -> WholeConversation:
    """Choose the tags of a conversation."""
    row = await _held(call, given.id)
    row.tags = list(dict.fromkeys(given.tags))
    row.version += 1
    return await _changed(call, row)


@tool(
    "service.resume_conversation",
    purpose=Text("交还给智能客服", "Let the program answer again"),
    risk="act",
    roles=WORKERS,
    again=_as_it_stands,
)
async def resume_conversation(call: Call, given: ConversationChoice) -> WholeConversation:
    """Let the program answer again, what was asked meanwhile too. Raises Conflict for a closed
    one."""
    row = await _held(call, given.id)
    conversations.must_be_open(row)
    await conversations.resume(call.session, row)
    return await _changed(call, row)


@tool(
    "service.close_conversation", purpose=Text("结束会话", "Close a conversation"), risk="act",
    roles=WORKERS,
    again=_as_it_stands,
)  # fmt: skip
async def close_conversation(call: Call, given: ConversationChoice) -> WholeConversation:
    """End a conversation; the shopper opens it again by writing."""
    row = await _held(call, given.id)
    await conversations.close(call.session, row)
    return await _changed(call, row)


class AgentView(PersonView):
    """Somebody who answers shoppers: whether they take conversations now, how many they have and
    take at most, and their skills, empty for all."""

    is_on: bool
    skills: list[Skill]
    most: int
    load: int
    is_me: bool


class DeskView(Output):
    """The desk as the caller finds it. `ai`, `waiting`, `unassigned`, `mine`, `mine_waiting` and
    `late` are numbers of conversations."""

    agents: list[AgentView]
    skills: list[Skill]
    ai: int
    waiting: int
    unassigned: int
    mine: int
    mine_waiting: int
    late: int


class AgentInput(Input):
    """How the caller works now."""

    is_on: bool
    skills: list[Skill] = Field(default_factory=list)
    most: int = Field(desk.MOST, ge=1, le=100)


@tool("service.desk", purpose=Text("查看接待台", "How the desk stands"), risk="read", roles=STAFF)
async def see_desk(call: Call, given: Nothing) -> DeskView:
    """Who answers shoppers, and how much waits."""
    return await _desk(call)


@tool(
    "service.set_desk",
    purpose=Text("上线或离开接待台", "Come to the desk, or leave it"),
    risk="act",
    roles=WORKERS,
)
async def set_desk(call: Call, given: AgentInput) -> DeskView:
    """Come and be given what waits, or leave and give what is not answered yet to others. Raises
    Forbidden for who is no person."""
    if call.principal.kind != "person":
        raise Forbidden(
            Text("只有人可以在接待台上线", "Only a person can be at the desk"), where="is_on"
        )
    session, shop_id, by = call.session, call.shop_id, call.principal.id
    await desk.enter(session, shop_id)
    agent = await desk_store.agent(session, shop_id, by)
    if agent is None:
        agent = DeskAgent(shop_id=shop_id, user_id=by)
        session.add(agent)
    agent.is_on, agent.most = given.is_on, given.most
    agent.skills = desk.known_skills(given.skills)
    agent.updated_at = clock.now()
    await session.flush()
    moved = await (desk.fill if agent.is_on else desk.release)(session, agent, by=by)
    _wake(call, *moved)
    return await _desk(call)


async def _desk(call: Call) -> DeskView:
    session, shop_id, me = call.session, call.shop_id, call.principal.id
    loads = await desk_store.loads(session, shop_id)
    agents = {agent.user_id: agent for agent in await desk_store.agents(session, shop_id)}
    views = []
    for membership, user in await accounts.members(session, shop_id):
        if membership.role == "viewer":
            continue
        agent = agents.get(user.id)
        views.append(
            AgentView(
                id=user.id,
                name=user.name,
                is_on=agent is not None and agent.is_on,
                skills=desk.known_skills(agent.skills) if agent is not None else [],  # type: ignore[arg-type]
                most=agent.most if agent is not None else desk.MOST,
                load=loads.get(user.id, 0),
                is_me=user.id == me,
            )
        )
    counts = await desk_store.desk_counts(session, shop_id, me, clock.now())
    return DeskView(agents=views, skills=list(SKILLS), **counts)


async def _held(call: Call, conversation_id: str) -> Conversation:
    return await conversations.held(call.session, call.shop_id, conversation_id)


async def _whole(call: Call, row: Conversation) -> WholeConversation:
    messages = await store.last_messages(
        call.session, call.shop_id, row.id, _MOST_MESSAGES, notes=True
    )
    return await whole(call, row, messages)


async def _changed(call: Call, row: Conversation) -> WholeConversation:
    await call.session.flush()
    _wake(call, row.id)
    return await _whole(call, row)


def _wake(call: Call, *conversation_ids: str) -> None:
    """Tell who has them open, and the desk, once it is committed."""
    waking, shop_id = call.runtime.service(Waking), call.shop_id

    async def wake() -> None:
        for topic in (*conversation_ids, desk_topic(shop_id)):
            waking.wake(topic)

    call.after_commit(wake)


async def _must_be_members(call: Call, user_ids: list[str], where: str) -> None:
    known = {
        user.id
        for membership, user in await accounts.members(call.session, call.shop_id)
        if membership.role != "viewer"
    }
    if not known.issuperset(user_ids):
        raise Invalid(
            Text("这位不是能接待的同事", "Not one of the people who answer shoppers"),
            hint=Text("从列表里选。", "Choose from the list."),
            where=where,
        )
