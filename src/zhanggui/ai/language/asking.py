"""What rooms call: a role is asked, and the first of its models that can, answers.

A room says for which shop, in which room and for what purpose it asks; what each call cost goes
into the ledger. Where no model answers, `Unavailable` is raised and the room goes its own way.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import structlog

from zhanggui.ai.language.configuration import Configuration, Model, Provider, Role
from zhanggui.ai.language.faults import Kind, ModelFault
from zhanggui.ai.language.openai_compatible import OpenAICompatible
from zhanggui.ai.language.patience import Door, wait_s
from zhanggui.ai.protocols import NO_TOKENS, Chat, ChatReply, ChatRequest, Tokens
from zhanggui.base import metrics
from zhanggui.base.errors import Unavailable
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Purpose:
    """On whose account a model is asked: the shop, the room, what for (a word of the room's), and
    the principal's id where a person or a visitor caused it."""

    shop_id: str
    room: str
    what: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that was made, for a role or as a trial, and how it ended: ``answered``, a fault's
    kind, or ``cancelled``."""

    purpose: Purpose
    role: Role | Literal["trial"]
    model: str
    outcome: str
    tokens: Tokens
    cost_micro: int
    ms: int


class Ledger(Protocol):
    """Where calls are entered, and what says whether one may be made."""

    async def admit(self, purpose: Purpose) -> None:
        """Raise Unavailable where the shop or the room has spent what it may."""

    def enter(self, asked: Asked) -> None:
        """Keep what a call came to."""

    async def settle(self) -> None:
        """Wait until all that was entered is kept."""


@dataclass(frozen=True, slots=True)
class Player:
    """A model that plays a role."""

    chat: Chat
    model: Model
    door: Door


class Language:
    """The language models of a process: a service of the runtime."""

    def __init__(
        self,
        configuration: Configuration,
        ledger: Ledger,
        *,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.configuration = configuration
        self._ledger = ledger
        self._rng = rng or random.Random()  # noqa: S311 # It spreads tries, and guards nothing.
        self._sleep = sleep
        doors = {name: Door(each.at_once) for name, each in configuration.providers.items()}
        self._players = {
            name: _player(name, model, configuration.providers, doors)
            for name, model in configuration.models.items()
        }
        self._brought: dict[Role, Player] = {}

    def bring(self, role: Role, chat: Chat) -> None:
        """Let `chat` play a role from now on, before those that are configured."""
        self._brought[role] = Player(chat, Model(provider="brought", model=chat.name), Door(8))

    def can(self, role: Role) -> bool:
        """Whether a model plays the role, with its key where it needs one."""
        return any(True for _ in self._of_role(role))

    def names(self, role: Role) -> list[str]:
        """The models that play the role, in the order they are asked."""
        return [player.chat.name for player in self._of_role(role)]

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
        loop = asyncio.get_running_loop()
        until, players = loop.time() + patience_s, list(self._of_role(role))
        for place, player in enumerate(players):
            # Whoever comes after one that hangs has time left too.
            mine = loop.time() + (until - loop.time()) / (len(players) - place)
            if not player.door.is_open:
                missed.append(f"{player.chat.name}: left alone")
                continue
            try:
                reply = await self._tried(role, player, request, purpose, mine)
            except ModelFault as fault:
                missed.append(f"{player.chat.name}: {fault.kind}")
            else:
                return replace(reply, missed=tuple(missed))
        raise _nobody(role, missed)

    async def only(self, name: str, request: ChatRequest, purpose: Purpose) -> ChatReply:
        """The reply of one model, asked once: how it is tried out. Raises ModelFault, Unavailable
        where nothing may be spent, and KeyError."""
        player = self._players[name]
        await self._ledger.admit(purpose)
        async with self._entered("trial", player, purpose) as entry:
            reply = await player.chat.reply(request)
            entry.tokens = reply.tokens
            return reply

    async def stream(
        self, role: Role, request: ChatRequest, purpose: Purpose
    ) -> AsyncIterator[str | ChatReply]:
        """The text in parts, and at last the whole reply. Before the first part another try or
        model may stand in; after it a fault ends the stream with Unavailable: what was shown is to
        be taken back."""
        missed: list[str] = []
        for player in self._of_role(role):
            if not player.door.is_open:
                missed.append(f"{player.chat.name}: left alone")
                continue
            for tries in range(1, 100):
                began = False
                await self._ledger.admit(purpose)
                try:
                    async with self._entered(role, player, purpose) as entry:
                        async for part in player.chat.stream(request):
                            if isinstance(part, str):
                                began = True
                                yield part
                            else:
                                entry.tokens = part.tokens
                                yield replace(part, missed=tuple(missed))
                    return
                except ModelFault as fault:
                    missed.append(f"{player.chat.name}: {fault.kind}")
                    if began:
                        raise _nobody(role, missed) from None
                    wait = wait_s(fault, tries, self._rng)
                    if wait is None:
                        break
                    missed.pop()
                    await self._sleep(wait)
        raise _nobody(role, missed)

    async def settle(self) -> None:
        """Wait until every call that was made is in the ledger."""
        await self._ledger.settle()

    async def close(self) -> None:
        """Let go of every connection, when all is in the ledger."""
        await self._ledger.settle()
        for player in (*self._players.values(), *self._brought.values()):
            await player.chat.close()

    async def _tried(
        self, role: Role, player: Player, request: ChatRequest, purpose: Purpose, until: float
    ) -> ChatReply:
        """The reply of one model, tried again where that may help and there is time until a moment
        of the loop's clock; raises ModelFault."""
        tries = 0
        while True:
            tries += 1
            await self._ledger.admit(purpose)
            try:
                async with self._entered(role, player, purpose) as entry:
                    reply = await _in_time(player.chat.reply(request), until)
                    entry.tokens = reply.tokens
                    return reply
            except ModelFault as fault:
                wait = wait_s(fault, tries, self._rng)
                if wait is None or asyncio.get_running_loop().time() + wait >= until:
                    raise
                await self._sleep(wait)

    @asynccontextmanager
    async def _entered(
        self, role: Role | Literal["trial"], player: Player, purpose: Purpose
    ) -> AsyncIterator[_Entry]:
        """Ask through the door, count it, and enter it into the ledger, however it ends."""
        name, entry = player.chat.name, _Entry()
        started, outcome = time.perf_counter(), "cancelled"
        try:
            async with player.door.through():
                yield entry
            outcome = "answered"
        except ModelFault as fault:
            outcome, entry.tokens = fault.kind, fault.tokens
            log.warning("model_fault", model=name, kind=fault.kind, status=fault.status)
            raise
        finally:
            seconds = time.perf_counter() - started
            metrics.MODEL_CALLS.labels(role, name, outcome).inc()
            metrics.MODEL_SECONDS.labels(role, name).observe(seconds)
            tokens = entry.tokens
            cost = player.model.cost_micro(tokens.read, tokens.written)
            made = Asked(purpose, role, name, outcome, tokens, cost, round(seconds * 1000))
            self._ledger.enter(made)

    def _of_role(self, role: Role) -> Iterator[Player]:
        if role in self._brought:
            yield self._brought[role]
        for name in self.configuration.of_role(role):
            provider = self.configuration.providers[self.configuration.models[name].provider]
            if not provider.is_keyless:
                yield self._players[name]


async def _in_time(reply: Awaitable[ChatReply], until: float) -> ChatReply:
    try:
        async with asyncio.timeout_at(until):
            return await reply
    except TimeoutError:
        raise ModelFault("slow") from None


@dataclass(slots=True)
class _Entry:
    tokens: Tokens = NO_TOKENS


def _player(
    name: str, model: Model, providers: Mapping[str, Provider], doors: Mapping[str, Door]
) -> Player:
    chat = OpenAICompatible(name, model, providers[model.provider])
    return Player(chat, model, doors[model.provider])


_KINDS: dict[Kind, Text] = {
    "busy": Text("请求太多", "too many requests"),
    "down": Text("连不上或出错", "not reached, or an error of its own"),
    "slow": Text("没有按时回答", "no answer in time"),
    "key": Text("密钥不对或没有权限", "the key is wrong or has no rights"),
    "quota": Text("额度用完了", "its quota is used up"),
    "refused": Text("拒绝了这个请求", "it refused the request"),
    "long": Text("写到上限还没写完", "it wrote as much as it may and was not done"),
    "broken": Text("回答不完整或读不懂", "the answer was cut off or cannot be read"),
}


def kind_words(kind: Kind) -> Text:
    """A fault in people's words."""
    return _KINDS[kind]


def _nobody(role: Role, missed: list[str]) -> Unavailable:
    told = "；".join(missed) or "–"
    return Unavailable(
        Text(f"没有模型能回答（{role}）：{told}", f"No model answered ({role}): {told}"),
        hint=Text(
            "用 zhanggui models test 看看是哪一个出了问题。",
            "See with zhanggui models test which of them fails.",
        ),
    )
