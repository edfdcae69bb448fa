"""Whose a conversation is once the program has handed it over: what it takes to answer it, who has
room for it, and by when.

It is given to whoever is there, has the skill, and has the fewest; else it waits in the queue, and
whoever comes next is given what has waited longest, urgent ones first. All of it happens in the
transaction that hands it over, so none is ever without a place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, events
from zhanggui.base.auth import accounts
from zhanggui.base.db import hold
from zhanggui.service.chat import desk_store
from zhanggui.service.chat.models import Conversation, DeskAgent
from zhanggui.service.events import ConversationAssigned
from zhanggui.service.guards import Cause

Skill = Literal["presale", "order", "aftersale", "complaint"]
SKILLS: tuple[Skill, ...] = get_args(Skill)
MOST = 8
"""Conversations a person takes at a time who has not said."""
_URGENT: tuple[Cause, ...] = ("danger", "complaint")


def place(row: Conversation, cause: Cause | None) -> None:
    """Say what the conversation takes and whether it is urgent."""
    row.cause = cause
    row.is_urgent = cause in _URGENT
    if cause in ("danger", "complaint", "angry"):
        row.skill = "complaint"
    elif cause == "change":
        row.skill = "aftersale"
    else:
        row.skill = "order" if row.order_id is not None else "presale"


async def enter(session: AsyncSession, shop_id: str) -> None:
    """Wait for whoever else gives conversations out in the shop, until the transaction ends: who
    has the fewest is then known. It comes before any conversation is held, or two who wait for
    each other would wait for ever."""
    await hold(session, f"desk of {shop_id}")


async def give(session: AsyncSession, row: Conversation, *, by: str) -> None:
    """Give a waiting conversation that is nobody's to whoever has room for it, if anybody has; the
    caller has entered the desk."""
    members = {
        user.id
        for membership, user in await accounts.members(session, row.shop_id)
        if membership.role != "viewer"
    }
    loads = await desk_store.loads(session, row.shop_id)
    free = [
        agent
        for agent in await desk_store.agents(session, row.shop_id)
        if agent.is_on
        and agent.user_id in members
        and _can(agent, row.skill)
        and loads.get(agent.user_id, 0) < agent.most
    ]
    if free:
        # Of two with as many the one who was given something longest ago.
        never = clock.now().min.replace(tzinfo=clock.now().tzinfo)
        agent = min(free, key=lambda a: (loads.get(a.user_id, 0), a.given_at or never, a.user_id))
        agent.given_at = clock.now()
        await assign(session, row, agent.user_id, by=by)


async def fill(session: AsyncSession, agent: DeskAgent, *, by: str) -> list[str]:
    """Give somebody who is there of what waits, as much as they have room for; gives the ids."""
    if not agent.is_on:
        return []
    room = agent.most - (await desk_store.loads(session, agent.shop_id)).get(agent.user_id, 0)
    taken: list[str] = []
    for row in await desk_store.queue(session, agent.shop_id):
        if room <= len(taken):
            break
        if _can(agent, row.skill):
            agent.given_at = clock.now()
            await assign(session, row, agent.user_id, by=by)
            taken.append(row.id)
    return taken


async def release(session: AsyncSession, agent: DeskAgent, *, by: str) -> list[str]:
    """Give what somebody who leaves has not answered yet to others, or back to the queue."""
    rows = await desk_store.unanswered_of(session, agent.shop_id, agent.user_id)
    for row in rows:
        await assign(session, row, None, by=by)
        await give(session, row, by=by)
    return [row.id for row in rows]


async def assign(session: AsyncSession, row: Conversation, to: str | None, *, by: str) -> None:
    """Make a conversation somebody's, or the queue's."""
    if row.assignee == to:
        return
    row.assignee = to
    row.version += 1
    await session.flush()
    told = None if to is None else _told(to)
    await events.append(session, ConversationAssigned(id=row.id, to=told, by=_told(by)))


def _told(who: str) -> str:
    """What events say of who has a conversation. `wecom:zhangsan` is a person in another system,
    who is known there by that name: of these only the system is told."""
    return who.partition(":")[0]


def _can(agent: DeskAgent, skill: str | None) -> bool:
    return not agent.skills or skill is None or skill in agent.skills


def known_skills(skills: Sequence[str]) -> list[str]:
    """The skills there are of those, in their own order."""
    return [skill for skill in SKILLS if skill in skills]
