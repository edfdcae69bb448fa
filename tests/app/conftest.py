"""The whole application in this process, without the workflows beside it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.applications import application_of
from tests.base.sample_tools import register_samples
from zhanggui.app.house import shop_names
from zhanggui.base import tools
from zhanggui.base.auth import accounts, links, passwords
from zhanggui.base.auth.accounts import ShopDirectory
from zhanggui.base.db import NO_SHOP
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.shop.opening import open_shop

LOCAL_TOKEN = "the local token"
PASSWORD = "correct horse battery"
OWNER = "owner@example.com"

Client = httpx.AsyncClient
NewClient = Callable[..., Client]


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    async with opened(settings) as runtime:
        runtime.services[ShopDirectory] = ShopDirectory(shop_names)
        yield runtime


@pytest.fixture
def app(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    register_samples(monkeypatch)
    monkeypatch.setattr("zhanggui.app.application.REGISTRY", tools.REGISTRY)
    return application_of(runtime, local_token=LOCAL_TOKEN)


@pytest.fixture
async def new_client(app: FastAPI) -> AsyncIterator[NewClient]:
    """Makes browsers of their own, from an address."""
    clients: list[Client] = []

    def make(address: str = "127.0.0.1", **headers: str) -> Client:
        transport = httpx.ASGITransport(app, client=(address, 1), raise_app_exceptions=False)
        client = Client(
            transport=transport,
            base_url="http://shop.test",
            headers={"X-Zhanggui": "1", "Accept-Language": "en", **headers},
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        await client.aclose()


@pytest.fixture
def client(new_client: NewClient) -> Client:
    """A browser nobody has signed in with."""
    return new_client()


@pytest.fixture
async def shop(runtime: Runtime, shop_id: str) -> str:
    await open_shop(runtime, shop_id, "檐下碗铺")
    return shop_id


@pytest.fixture(scope="session")
def password_hash() -> str:
    """Of :data:`PASSWORD`; made once, since it is meant to be slow."""
    return asyncio.run(passwords.hashed(PASSWORD))


@pytest.fixture
async def owner(new_client: NewClient, runtime: Runtime, shop: str, password_hash: str) -> Client:
    """A browser in which the operator, who owns the shop, has signed in."""
    async with runtime.db.transaction(NO_SHOP) as session:
        user = await accounts.operator(session)
        user.email, user.password_hash = OWNER, password_hash
        token = await links.issue(session, user, "sign_in")
    client = new_client()
    await ok(client.post("/api/auth/link", json={"token": token}))
    return client


@pytest.fixture
def join(new_client: NewClient, owner: Client, shop: str) -> Any:
    """Invite somebody with a role; returns their browser, signed in."""

    async def joining(email: str, role: str) -> Client:
        invited = await ok(
            owner.post(tool(shop, "base.invite_member"), json={"email": email, "role": role})
        )
        token = invited["link"].partition("token=")[2]
        client = new_client()
        given = {"token": token, "name": email, "password": PASSWORD}
        await ok(client.post("/api/auth/accept-invitation", json=given))
        return client

    return joining


def tool(shop_id: str, name: str) -> str:
    """The address of a tool."""
    return f"/api/shops/{shop_id}/tools/{name}"


async def ok(answer: Any) -> dict[str, Any]:
    """The body of an answer that is 200."""
    got = await answer
    assert got.status_code == 200, got.text
    body: dict[str, Any] = got.json()
    return body


async def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The body of an answer that refuses in the one form."""
    got = await answer
    assert got.status_code == status, got.text
    body: dict[str, Any] = got.json()
    assert set(body) == {"code", "message", "hint", "where"}
    assert body["code"] == code
    return body
