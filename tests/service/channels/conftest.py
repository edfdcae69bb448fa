"""A shop with channels, and the other sides of these on this machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.base.webhooks.receiver import Receiver
from tests.loading import load
from tests.service import weights
from tests.service.channels.wecom_stub import CORP_ID, KFID, SECRET, WecomStub
from tests.service.chat.conftest import FAQS, ORDERS
from tests.service.chat.room import Room
from tests.service.records import NOW
from zhanggui.base import tools
from zhanggui.base.http import problems
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.service.channels import routes, store
from zhanggui.service.channels.relay import Relay
from zhanggui.service.channels.wecom_api import Wecom
from zhanggui.service.chat import store as chat_store
from zhanggui.service.chat.answerer import Answerer

PUBLIC = "https://console.shop.example"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"webhook_loopback": True, "public_url": PUBLIC})


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as receiver:
        yield receiver


@pytest.fixture
async def stub(runtime: Runtime) -> AsyncIterator[WecomStub]:
    """WeCom on this machine, which the runtime takes for the real one."""
    async with WecomStub() as stub:
        runtime.services[Wecom] = Wecom(runtime, stub.address)
        yield stub


@pytest.fixture
async def use(runtime, shop, clock):
    """Calls a tool of the room as the shop's owner."""
    clock.stand_at(NOW)

    async def use(tool: str, /, **given: Any) -> Any:
        outcome = await tools.call(
            runtime, f"service.{tool}", given, shop_id=shop, principal=SYSTEM
        )
        return outcome.output

    return use


@pytest.fixture
async def answerer(runtime, shop, indexes, clock, monkeypatch):
    """The loop that answers, run by hand, in a shop with two answers and some orders."""
    weights.use(
        monkeypatch,
        ("kind_order", 0.5, 0.0, 4.0),
        ("kind_change", 0.5, 0.0, 5.0),
        ("kind_faq", 0.5, 0.0, 3.0),
    )
    clock.stand_at(NOW)
    await load(runtime, shop, [*ORDERS, *FAQS])
    return Answerer(runtime)


@pytest.fixture
def relay(runtime: Runtime) -> Relay:
    """The loop that sends and fetches, run by hand."""
    return Relay(runtime, random=Random(1))


@pytest.fixture
async def outside(runtime: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    """Another system that calls the channels' routes."""
    app = FastAPI()
    problems.install(app)
    app.include_router(routes.router)
    app.state.runtime = runtime
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://shop.test", headers={"Accept-Language": "en"}
    ) as client:
        yield client


@pytest.fixture
async def hook(use, receiver):
    """A channel of the shop's own system, as it was shown when it was made."""
    return await use("save_channel", kind="webhook", name="小程序", url=receiver.url)


@pytest.fixture
async def wecom(use, stub):
    """A channel of 微信客服, as it was shown when it was made."""
    made = await use(
        "save_channel", kind="wecom", name="微信客服", corp_id=CORP_ID, open_kfid=KFID,
        app_secret=SECRET,
    )  # fmt: skip
    stub.knows(made)
    return made


@pytest.fixture
def room_of(runtime, shop):
    """A conversation as the tests do things to it."""

    def room_of(conversation_id: str) -> Room:
        room = Room(runtime, shop)
        room.id = conversation_id
        return room

    return room_of


@pytest.fixture
def rooms(runtime, shop, room_of):
    """The conversations of the shop, in the order in which they began."""

    async def rooms():
        query = chat_store.conversations_query(shop, states=["ai", "waiting", "person", "closed"])
        async with runtime.db.reading(shop) as session:
            rows = sorted(await session.scalars(query), key=lambda row: row.id)
        return [room_of(row.id) for row in rows]

    return rooms


@pytest.fixture
def call_back(outside, stub, wecom):
    """WeCom says that there is something to fetch."""

    async def call_back(**given):
        address, body = stub.callback(**given)
        headers = {"content-type": "text/xml"}
        return await outside.post(address, content=body, headers=headers)

    return call_back


@pytest.fixture
def state(runtime, shop, wecom):
    """The channel as it is kept."""

    async def state():
        async with runtime.db.reading(shop) as session:
            return await store.channel(session, shop, wecom.id)

    return state
