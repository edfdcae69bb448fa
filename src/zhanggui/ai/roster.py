"""Who can be asked, and what is kept of it: the models of a configuration, each behind the door of
its server, and the ledger that admits a call and enters it when it ends.

Every kind of model (language, pictures, video, speech) goes through here; what is particular to a
kind is in its own package.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Literal, Protocol

import structlog

from zhanggui.ai.configuration import Configuration, Does, Model, Provider, Role
from zhanggui.ai.faults import Kind, ModelFault
from zhanggui.ai.patience import Door
from zhanggui.ai.protocols import NOTHING, Used
from zhanggui.base import metrics
from zhanggui.base.errors import Unavailable
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

WELL = frozenset({"answered", "cached"})
"""How a call ends that gives what was asked for."""
UNSEEN = frozenset({"cancelled", "slow"})
"""How a call ends of which the server has not told what it is to be paid for, and is."""
TRIAL: Literal["trial"] = "trial"
"""The role of a model that is only tried out."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """On whose account a model is asked: the shop, the room, what for (a word of the room's), and
    the principal's id where a person or a visitor caused it. `has_shoppers_words` says that what a
    shopper wrote is among what is sent, which a shop may not want to leave the house."""

    shop_id: str
    room: str
    what: str
    who: str | None = None
    has_shoppers_words: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What goes to a server: how many `characters` of text and how many `pictures`, and how many
    private values were `masked` in the text, by kind."""

    characters: int = 0
    pictures: int = 0
    masked: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that was made, for a role or as a trial, to which `server`, which `is_near` where it
    stands in the shop's own house, and how it ended: ``answered``, ``cached`` (it had been made
    before, and nobody was asked), a fault's kind, or ``cancelled``."""

    purpose: Purpose
    role: Role | Literal["trial"]
    model: str
    server: str
    is_near: bool
    outcome: str
    sent: Sent
    used: Used
    cost_micro: int
    ms: int


class Ledger(Protocol):
    """Where calls are entered, and what says whether one may be made."""

    async def admit(self, purpose: Purpose, sent: Sent, *, is_near: bool) -> None:
        """Let a call through to a server, which `is_near` where it stands in the shop's own house.
        Raises Unavailable where the shop or the room has spent what it may, and ModelFault
        ``kept`` where the shop does not let this leave."""

    def forget(self, shop_id: str) -> None:
        """Look again at what a shop may, at its next call."""

    def enter(self, asked: Asked) -> None:
        """Keep what a call came to."""

    async def settle(self) -> None:
        """Wait until all that was entered is kept."""


class Engine(Protocol):
    """A model of some kind, spoken to."""

    @property
    def name(self) -> str: ...

    async def close(self) -> None:
        """Let go of what it holds."""
        ...


Maker = Callable[[str, Model, Provider], Engine]
"""Makes what speaks to a model of a server; opens nothing yet."""
Makers = Mapping[tuple[str, Does], Maker]
"""By the protocol a server speaks and what its model does."""


@dataclass(frozen=True, slots=True)
class Player:
    """A model that plays a role. What `engine` is depends on what the model does."""

    engine: Any
    model: Model
    door: Door
    server: str
    is_near: bool

    @property
    def name(self) -> str:
        """The model's name in the configuration."""
        return str(self.engine.name)


@dataclass(slots=True)
class Entry:
    """What a call that is under way has to be paid for, as far as is known; `expected` stands in
    where nobody waited for the server to tell."""

    used: Used = NOTHING
    expected: Used = NOTHING


class Roster:
    """The models of a process: a service of the runtime."""

    def __init__(self, configuration: Configuration, ledger: Ledger, makers: Makers) -> None:
        self.configuration = configuration
        self._ledger = ledger
        servers = configuration.providers
        doors = {name: Door(each.at_once) for name, each in servers.items()}
        self._players = {
            name: Player(
                makers[servers[model.provider].speaks, model.does](
                    name, model, servers[model.provider]
                ),
                model,
                doors[model.provider],
                model.provider,
                servers[model.provider].is_near,
            )
            for name, model in configuration.models.items()
        }
        self._brought: dict[Role, Player] = {}

    def bring(self, role: Role, engine: Engine) -> None:
        """Let `engine` play a role from now on, before those that are configured."""
        model = Model(provider="brought", model=engine.name)
        self._brought[role] = Player(engine, model, Door(8), "brought", is_near=True)

    def bring_those_of(self, former: Roster) -> None:
        """Take over the engines that were brought to another."""
        self._brought = dict(former._brought)

    def player(self, name: str) -> Player:
        """A configured model; raises KeyError."""
        return self._players[name]

    def of_role(self, role: Role) -> Iterator[Player]:
        """Who plays a role, in the order they are asked: those that have the key they need."""
        if role in self._brought:
            yield self._brought[role]
        for name in self.configuration.of_role(role):
            provider = self.configuration.providers[self.configuration.models[name].provider]
            if not provider.is_keyless:
                yield self._players[name]

    def can(self, role: Role) -> bool:
        """Whether a model plays the role, with its key where it needs one."""
        return any(True for _ in self.of_role(role))

    def names(self, role: Role) -> list[str]:
        """The models that play the role, in the order they are asked."""
        return [player.name for player in self.of_role(role)]

    @asynccontextmanager
    async def call(
        self,
        role: Role | Literal["trial"],
        player: Player,
        purpose: Purpose,
        sent: Sent,
        *,
        until: float | None = None,
    ) -> AsyncIterator[Entry]:
        """Ask a model through its server's door while the block lasts: admitted before, counted,
        and entered however it ends. A place is waited for until a moment of the loop's clock.
        Raises what `Ledger.admit` does, and ModelFault of the door's and of the block's."""
        name, entry = player.name, Entry()
        async with player.door.through(until):
            await self._ledger.admit(purpose, sent, is_near=player.is_near)
            started, outcome = time.perf_counter(), "cancelled"
            try:
                yield entry
                outcome = "answered"
            except ModelFault as fault:
                outcome = fault.kind
                entry.used = _sum(entry.used, fault.used)
                log.warning("model_fault", model=name, kind=fault.kind, status=fault.status)
                raise
            finally:
                if outcome in UNSEEN and entry.used == NOTHING:
                    entry.used = entry.expected
                seconds = time.perf_counter() - started
                self._ledger.enter(
                    Asked(
                        purpose,
                        role,
                        name,
                        player.server,
                        player.is_near,
                        outcome,
                        sent,
                        entry.used,
                        player.model.cost_micro(entry.used),
                        round(seconds * 1000),
                    )
                )
                metrics.MODEL_CALLS.labels(role, name, outcome).inc()
                metrics.MODEL_SECONDS.labels(role, name).observe(seconds)

    async def limits_changed(self, shop_id: str) -> None:
        """Hold a shop's next call to what was just set."""
        self._ledger.forget(shop_id)

    async def settle(self) -> None:
        """Wait until every call that was made is in the ledger."""
        await self._ledger.settle()

    async def close(self) -> None:
        """Let go of every connection, when all is in the ledger."""
        await self._ledger.settle()
        players = (*self._players.values(), *self._brought.values())
        await _close([player.engine for player in players])

    @property
    def is_busy(self) -> bool:
        """Whether a server is being asked."""
        return any(player.door.is_busy for player in self._players.values())

    async def retire(self) -> None:
        """Let go of the connections to each server as soon as it is not being asked: another roster
        is asked from now on. Whoever is between two tries still may, and lets go at the end."""
        for door in {player.door for player in self._players.values()}:
            engines = [each.engine for each in self._players.values() if each.door is door]
            await door.retire(partial(_close, engines))


async def _close(engines: Iterable[Engine]) -> None:
    for engine in engines:
        await engine.close()


def _sum(one: Used, other: Used) -> Used:
    if other == NOTHING:
        return one
    return replace(
        one,
        read=one.read + other.read,
        written=one.written + other.written,
        pictures=one.pictures + other.pictures,
        seconds=one.seconds + other.seconds,
        characters=one.characters + other.characters,
    )


def configured(players: Iterable[Player]) -> list[dict[str, Any]]:
    """The models as they are configured: what they make is another thing when that is changed."""
    return [{"name": player.name, **player.model.model_dump(mode="json")} for player in players]


_KINDS: dict[Kind, Text] = {
    "busy": Text("请求太多", "too many requests"),
    "down": Text("连不上或出错", "not reached, or an error of its own"),
    "slow": Text("没有按时回答", "no answer in time"),
    "key": Text("密钥不对或没有权限", "the key is wrong or has no rights"),
    "quota": Text("额度用完了", "its quota is used up"),
    "refused": Text("拒绝了这个请求", "it refused the request"),
    "long": Text("写到上限还没写完", "it wrote as much as it may and was not done"),
    "broken": Text("回答不完整或读不懂", "the answer was cut off or cannot be read"),
    "kept": Text("店铺设了这些内容不外发", "the shop does not let this leave"),
    "lost": Text("可能已经付费，结果取不回来", "it may be paid, and what it made cannot be had"),
}


def kind_words(kind: Kind) -> Text:
    """A fault in people's words."""
    return _KINDS[kind]


def nobody(role: Role, missed: list[str]) -> Unavailable:
    """What is raised where no model of a role answered; `missed` says of each why."""
    told = "；".join(missed) or "–"
    return Unavailable(
        Text(f"没有模型能回答（{role}）：{told}", f"No model answered ({role}): {told}"),
        hint=Text(
            "用 zhanggui models test 看看是哪一个出了问题。",
            "See with zhanggui models test which of them fails.",
        ),
    )
