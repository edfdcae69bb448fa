"""What rooms call: a role is asked, and the first of its models that can, answers.

A room says for which shop, in which room and for what purpose it asks; what each call cost goes
into the ledger. Private values are masked before anything leaves, and restored in the answer. Where
no model answers, `Unavailable` is raised and the room goes its own way.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from functools import partial

from zhanggui.ai.configuration import Role
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.language import secrecy
from zhanggui.ai.protocols import Chat, ChatReply, ChatRequest, Used
from zhanggui.ai.retrying import Retrying
from zhanggui.ai.roster import TRIAL, Purpose, Roster, Sent, nobody

PATIENCE_S = 60.0
_TOKENS = 0.7
"""Tokens that a character is taken for where no server counts: assumed, not measured."""


class Language:
    """The language models of a process: a service of the runtime."""

    def __init__(
        self,
        roster: Roster,
        *,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._roster = roster
        self._retrying = Retrying(rng, sleep)

    def can(self, role: Role) -> bool:
        """Whether a model plays the role, with its key where it needs one."""
        return self._roster.can(role)

    async def reply(
        self,
        role: Role,
        request: ChatRequest,
        purpose: Purpose,
        *,
        patience_s: float = PATIENCE_S,
    ) -> ChatReply:
        """The next message by the first model that gives one within the time; `missed` of the reply
        says which did not. Raises Unavailable where none does or nothing may be spent."""
        missed: list[str] = []
        masked, masks, sent = secrecy.masked(request)
        loop = asyncio.get_running_loop()
        until, players = loop.time() + patience_s, list(self._roster.of_role(role))
        for place, player in enumerate(players):
            # Whoever comes after one that hangs has time left too.
            mine = loop.time() + (until - loop.time()) / (len(players) - place)
            if not player.door.is_open:
                missed.append(f"{player.name}: left alone")
                continue
            try:
                reply = await self._retrying.ask(
                    self._roster, role, player, purpose, sent,
                    partial(_in_time, player.engine, masked, mine),
                    until=mine, expected=_read(sent),
                )  # fmt: skip
            except ModelFault as fault:
                missed.append(f"{player.name}: {fault.kind}")
            else:
                return replace(secrecy.restored(reply, request, masks), missed=tuple(missed))
        raise nobody(role, missed)

    async def only(self, name: str, request: ChatRequest, purpose: Purpose) -> ChatReply:
        """The reply of one model, asked once: how it is tried out. Raises ModelFault, Unavailable
        where nothing may be spent, and KeyError."""
        player = self._roster.player(name)
        masked, masks, sent = secrecy.masked(request)
        async with self._roster.call(TRIAL, player, purpose, sent) as entry:
            chat: Chat = player.engine
            entry.expected = _read(sent)
            reply = await chat.reply(masked)
            entry.used = reply.used
        return secrecy.restored(reply, request, masks)

    async def stream(
        self, role: Role, request: ChatRequest, purpose: Purpose
    ) -> AsyncIterator[str | ChatReply]:
        """The text in parts, and at last the whole reply. Before the first part another try or
        model may stand in; after it a fault ends the stream with Unavailable: what was shown is to
        be taken back."""
        missed: list[str] = []
        masked, masks, sent = secrecy.masked(request)
        for player in self._roster.of_role(role):
            if not player.door.is_open:
                missed.append(f"{player.name}: left alone")
                continue
            for tries in range(1, 100):
                began = False
                restoring = secrecy.Restoring(masks, request)
                try:
                    async with self._roster.call(role, player, purpose, sent) as entry:
                        chat: Chat = player.engine
                        come, reply = 0, None
                        entry.expected = _read(sent)
                        async for part in chat.stream(masked):
                            if isinstance(part, str):
                                come += len(part)
                                entry.expected = _read(sent, come)
                                if shown := restoring.add(part):
                                    began = True
                                    yield shown
                            else:
                                entry.used, reply = part.used, part
                    if rest := restoring.rest():
                        yield rest
                    if reply is not None:
                        whole = secrecy.restored(reply, request, masks)
                        yield replace(whole, missed=tuple(missed))
                    return
                except ModelFault as fault:
                    missed.append(f"{player.name}: {fault.kind}")
                    if began:
                        raise nobody(role, missed) from None
                    if not await self._retrying.again(fault, tries):
                        break
                    missed.pop()
        raise nobody(role, missed)


def _read(sent: Sent, written: int = 0) -> Used:
    """What a call will about have to be paid for of which the server does not tell."""
    return Used(read=round(sent.characters * _TOKENS), written=round(written * _TOKENS))


async def _in_time(chat: Chat, request: ChatRequest, until: float) -> ChatReply:
    try:
        async with asyncio.timeout_at(until):
            return await chat.reply(request)
    except TimeoutError:
        raise ModelFault("slow") from None
