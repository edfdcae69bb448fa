"""A conversation as the tests do things to it."""

from datetime import timedelta

from zhanggui.base import clock
from zhanggui.base.auth import accounts
from zhanggui.base.auth.models import UserRow
from zhanggui.service.chat import conversations, desk, desk_store, ending, store
from zhanggui.service.chat.models import DeskAgent, Widget
from zhanggui.service.chat.writing import Reply
from zhanggui.service.models import ServiceSettings

ANSWER = Reply("可以开电子发票。", "answer", 0.9, ("faq:F1",))
HANDOFF = Reply("我请同事来看，请稍等。", "handoff", 0.2)


class Room:
    """A conversation in a shop, each thing done to it in a transaction of its own."""

    def __init__(self, runtime, shop_id):
        self.runtime, self.shop_id, self.id = runtime, shop_id, ""

    async def start(self, **given):
        async with self.runtime.db.transaction(self.shop_id) as session:
            self.id = (
                await conversations.start(session, self.shop_id, channel="widget", **given)
            ).id
        return self

    async def _held(self, work):
        async with self.runtime.db.transaction(self.shop_id) as session:
            row = await conversations.held(session, self.shop_id, self.id)
            return await work(session, row)

    async def writes(self, text, client_id=None):
        return await self._held(
            lambda session, row: conversations.receive(
                session, self.runtime.cipher, row, client_id=client_id or text, text=text
            )
        )

    async def shows(self, *attached, client_id="picture"):
        return await self._held(
            lambda session, row: conversations.receive(
                session, self.runtime.cipher, row, client_id=client_id, text="", attached=attached
            )
        )

    async def speaks(self, text, by="u1"):
        return await self._held(
            lambda session, row: conversations.speak(
                session, self.runtime.cipher, row, text=text, by=by
            )
        )

    async def takes_over(self, by="u1"):
        await self._held(lambda session, row: conversations.take_over(session, row, by=by))

    async def at_desk(self, who, *, is_on, most):
        async with self.runtime.db.transaction(self.shop_id) as session:
            await desk.enter(session, self.shop_id)
            agent = await desk_store.agent(session, self.shop_id, who)
            if agent is None:
                agent = DeskAgent(shop_id=self.shop_id, user_id=who, skills=[])
                session.add(agent)
            agent.is_on, agent.most, agent.updated_at = is_on, most, clock.now()
            await session.flush()
            await (desk.fill if is_on else desk.release)(session, agent, by=who)

    async def queue(self):
        async with self.runtime.db.transaction(self.shop_id) as session:
            return [row.id for row in await desk_store.queue(session, self.shop_id)]

    async def notes(self, text, by="u1"):
        return await self._held(
            lambda session, row: conversations.note(
                session, self.runtime.cipher, row, text=text, by=by
            )
        )

    async def takes(self, by="one"):
        async with self.runtime.db.transaction(self.shop_id) as session:
            return await conversations.take(session, self.shop_id, self.id, by=by)

    async def replies(self, taken, said=ANSWER):
        return await self._held(
            lambda session, row: conversations.reply(session, self.runtime.cipher, row, taken, said)
        )

    async def lets_go(self, taken, until=None):
        async with self.runtime.db.transaction(self.shop_id) as session:
            await conversations.let_go(session, taken, until=until)

    async def resumes(self):
        await self._held(conversations.resume)

    async def closes(self):
        await self._held(conversations.close)

    async def row(self):
        async with self.runtime.db.reading(self.shop_id) as session:
            return await store.conversation(session, self.shop_id, self.id)

    async def messages(self):
        async with self.runtime.db.reading(self.shop_id) as session:
            return await store.messages(session, self.shop_id, self.id, limit=1000)

    async def said(self):
        cipher = self.runtime.cipher
        return [(m.author, conversations.text_of(cipher, m)) for m in await self.messages()]

    async def close_idle(self, hours=24):
        since = clock.now() - timedelta(hours=hours)
        return await self._held(lambda session, row: ending.close_idle(session, row, since=since))

    async def due(self):
        async with self.runtime.db.reading(self.shop_id) as session:
            return await store.turn(session, self.shop_id, self.id)


async def be_silent(runtime, shop_id, now, minutes=10):
    """Let the program answer again after so long."""
    async with runtime.db.transaction(shop_id) as session:
        session.add(
            Widget(
                shop_id=shop_id, is_on=True, origins=[], silence_minutes=minutes,
                updated_at=now, updated_by="u1",
            )
        )  # fmt: skip


async def open_between(runtime, shop_id, now, opens="09:00", closes="22:00"):
    """Choose when people answer."""
    async with runtime.db.transaction(shop_id) as session:
        session.add(
            ServiceSettings(
                shop_id=shop_id, ceiling=0.03, opens=opens, closes=closes, updated_at=now,
                updated_by="u1",
            )
        )  # fmt: skip


async def employ(runtime, shop_id, *user_ids):
    """Make people of the shop of some ids, called by them."""
    async with runtime.db.transaction(shop_id) as session:
        for user_id in user_ids:
            session.add(
                UserRow(
                    id=user_id, email=f"{user_id}@e.test", name=user_id, created_at=clock.now()
                )
            )  # fmt: skip
            await session.flush()
            await accounts.put_member(session, user_id, "agent")
