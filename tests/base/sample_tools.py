"""Tools that count: `sample.put` adds an event, `sample.count` reads how many there are."""

from __future__ import annotations

import pytest
from pydantic import Field
from sqlalchemy import func, select

from zhanggui import rooms
from zhanggui.base import events, tools
from zhanggui.base.errors import Conflict
from zhanggui.base.events import Event, EventRow
from zhanggui.base.principals import EVERYONE, STAFF, WORKERS
from zhanggui.base.tools import Call, Input, Nothing, Output, Tool, tool
from zhanggui.base.words import Text

WORDS = Text("样例", "Sample")


class Put(Input):
    text: str = Field("", max_length=20)
    number: int = 0
    fail: bool = False


class Count(Output):
    count: int


class Secret(Output):
    secret: str


class SamplePut(Event):
    """A sample was put."""

    type = "sample.put"
    number: int


def register_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the tools until the test ends."""
    rooms.load_tools()
    monkeypatch.setattr(tools, "REGISTRY", registry := dict(tools.REGISTRY))
    monkeypatch.setattr("zhanggui.base.house_tools.REGISTRY", registry)
    if not _samples:
        _register()
        _samples.update({name: each for name, each in registry.items() if each.room == "sample"})
    registry.update(_samples)


_samples: dict[str, Tool] = {}
"""The tools once made: an application that has them is made once too."""


def _register() -> None:
    async def put(call: Call, given: Put) -> Count:
        await events.append(call.session, SamplePut(number=given.number))
        if given.fail:
            raise Conflict(Text("不行", "No"))
        return await count(call, Nothing())

    async def count(call: Call, given: Nothing) -> Count:
        query = select(func.count()).where(EventRow.shop_id == call.shop_id)
        return Count(count=await call.session.scalar(query) or 0)

    async def think(call: Call, given: Put) -> str:
        if given.fail:
            raise Conflict(Text("不行", "No"))
        return f"thought of {given.number}"

    async def tell(call: Call, given: Put) -> Secret:
        return Secret(secret=call.prepared)

    async def repeat(call: Call, given: Put) -> Secret:
        return Secret(secret=f"now there are {(await count(call, Nothing())).count}")

    async def say(call: Call, given: Put) -> Secret:
        await put(call, given)
        return Secret(secret=given.text)

    async def shout(call: Call, given: Nothing) -> Secret:
        return Secret(secret=f"shown once: {call.id}")

    async def sneak(call: Call, given: Nothing) -> Count:
        await events.append(call.session, SamplePut(number=0))
        return Count(count=0)

    tool("sample.put", purpose=WORDS, risk="act", roles=WORKERS | {"shopper"})(put)
    tool("sample.spend", purpose=WORDS, risk="spend", roles=WORKERS)(put)
    tool("sample.count", purpose=WORDS, risk="read", roles=EVERYONE)(count)
    tool("sample.look", purpose=WORDS, risk="read", roles=STAFF, recorded=True)(count)
    tool("sample.sneak", purpose=WORDS, risk="read", roles=STAFF)(sneak)
    tool("sample.limited", purpose=WORDS, risk="read", roles=STAFF, rate="2 per hour")(count)
    tool("sample.by_hand", purpose=WORDS, risk="act", roles=WORKERS, by_person=True)(put)
    tool("sample.tell", purpose=WORDS, risk="act", roles=WORKERS, prepare=think)(tell)
    tool("sample.say", purpose=WORDS, risk="act", roles=WORKERS, again=repeat)(say)
    tool("sample.shout", purpose=WORDS, risk="act", roles=WORKERS, secret=True)(shout)
