"""Documents in over HTTP: who may, what comes back, and what is refused."""

# ruff: noqa: F401, F811 # A fixture that is imported is used by its name.
from __future__ import annotations

import pytest

from tests.app.conftest import (
    app,
    client,
    join,
    new_client,
    ok,
    owner,
    password_hash,
    refused,
    runtime,
    shop,
    tool,
)
from tests.knowledge.documents import papers
from zhanggui.knowledge.documents import reading

MANUAL = "# 水壶手册\n整机质保一年。\n".encode()


def route(shop_id: str) -> str:
    return f"/api/shops/{shop_id}/knowledge/documents"


def file(data: bytes = MANUAL, name: str = "手册.md") -> dict:
    return {"file": (name, data)}


async def test_a_file_is_added_and_a_version_of_it(owner, shop):
    added = await ok(owner.post(route(shop), files=file(), data={"title": "我的手册"}))
    document = added["document"]
    assert (document["title"], document["clauses"], added["unread_pages"]) == ("我的手册", 1, [])
    said = {"id": document["id"], "effective": "2030-01-01"}
    newer = await ok(owner.post(route(shop), files=file("两年。".encode()), data=said))
    versions = newer["document"]["versions"]
    assert [version["effective"] for version in versions] == [None, "2030-01-01"]
    params = {"id": document["id"]}
    text = await ok(owner.get(tool(shop, "knowledge.get_document"), params=params))
    assert [clause["text"] for clause in text["clauses"]] == ["整机质保一年。"]


async def test_pages_that_could_not_be_read_are_named(owner, shop):
    data = papers.pdf([[("整机质保一年。", 60, 60, 12)], []])
    added = await ok(owner.post(route(shop), files=file(data, "手册.pdf")))
    assert added["unread_pages"] == [2]


async def test_the_same_key_adds_once(owner, shop):
    key = {"Idempotency-Key": "k1"}
    first = await ok(owner.post(route(shop), files=file(), headers=key))
    again = await ok(owner.post(route(shop), files=file(), headers=key))
    assert first == again
    assert len((await ok(owner.get(tool(shop, "knowledge.list_documents"))))["items"]) == 1


async def test_what_is_refused_says_why(owner, shop, monkeypatch):
    told = await refused(owner.post(route(shop), files=file(b"%PDF-1.7")), 422, "invalid")
    assert told["where"] == "手册.md"
    assert told["hint"]
    await refused(owner.post(route(shop), data={"title": "a"}), 422, "invalid")
    await refused(owner.post(route(shop), files=file(), data={"effective": "soon"}), 422, "invalid")
    await refused(owner.post(route(shop), files=file(), data={"id": "nobody"}), 404, "not_found")
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    await refused(owner.post(route(shop), files=file()), 413, "too_large")


@pytest.mark.parametrize("role", ["agent", "viewer"])
async def test_only_an_owner_adds_documents(join, shop, role):
    other = await join(f"{role}@example.com", role)
    await refused(other.post(route(shop), files=file()), 403, "forbidden")


async def test_nobody_adds_a_document(client, shop):
    await refused(client.post(route(shop), files=file()), 401, "unauthenticated")
