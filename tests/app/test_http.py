"""The HTTP door: one form for everything, and what guards it."""

from __future__ import annotations

import json

import pytest
from fastapi import APIRouter
from prometheus_client import REGISTRY as METRICS

from tests.app.conftest import LOCAL_TOKEN, ok, refused, tool
from tests.embedders import StubEngines
from tests.loading import load
from zhanggui.ai import Engines
from zhanggui.base import tools
from zhanggui.base.http import routes_for
from zhanggui.base.http.callers import Caller, caller
from zhanggui.base.principals import STAFF, Principal
from zhanggui.base.tools import Call, Input, Output
from zhanggui.base.words import Text
from zhanggui.knowledge import open_indexes
from zhanggui.shop.buyers import buyer_id
from zhanggui.shop.files import OrderRecord, OrderStatus


async def test_a_tool_over_http(owner, shop):
    put = await ok(owner.post(tool(shop, "sample.put"), json={"number": 3}))
    assert await ok(owner.get(tool(shop, "sample.count"))) == put
    assert (await owner.get(tool(shop, "sample.put"))).status_code == 404
    await refused(owner.post(tool(shop, "sample.count")), 405, "method_not_allowed")


async def test_nobody_is_let_in_unknown(client, shop):
    await refused(client.get(tool(shop, "sample.count")), 401, "unauthenticated")
    # What is wrong with the input is nobody's business before that.
    await refused(client.get(tool(shop, "sample.count?x=1")), 401, "unauthenticated")


@pytest.mark.parametrize(
    ("content", "status", "where"),
    [
        ('{"number": "x"}', 422, "number"),
        ('{"nonsense": 1}', 422, "nonsense"),
        ('{"text": "\\u0000"}', 422, "text"),
        ('{"text": "\\ud800"}', 422, "text"),
        ('{"number": 99999999999999999999999999}', 422, "number"),
        ("{", 422, "request"),
        ("[]", 422, None),
        ("null", 422, None),
        ('"\xff"', 400, None),
    ],
)
async def test_input_that_is_not_right_names_its_field(owner, shop, content, status, where):
    answer = await owner.post(
        tool(shop, "sample.put"),
        content=content.encode("latin-1"),
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == status, answer.text
    if where:
        assert answer.json()["where"] == where


async def test_a_query_that_is_not_right_names_its_field(owner, shop):
    body = await refused(owner.get(tool(shop, "base.audit_log?limit=none")), 422, "invalid")
    assert body["where"] == "limit"


async def test_errors_speak_the_readers_language(owner, shop):
    address = tool(shop, "base.audit_log?limit=0")
    chinese = await owner.get(address, headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    english = await owner.get(address, headers={"Accept-Language": "en-US"})
    assert "不能小于" in chinese.json()["message"]
    assert "at least" in english.json()["message"]


async def test_a_key_header_makes_a_call_run_once(owner, shop):
    headers = {"Idempotency-Key": "k-1"}
    first = await ok(owner.post(tool(shop, "sample.put"), json={}, headers=headers))
    assert await ok(owner.post(tool(shop, "sample.put"), json={}, headers=headers)) == first
    await refused(
        owner.post(tool(shop, "sample.put"), json={"number": 1}, headers=headers), 409, "conflict"
    )
    await refused(
        owner.post(tool(shop, "sample.put"), json={}, headers={"Idempotency-Key": "x" * 129}),
        422,
        "invalid",
    )


async def test_a_shoppers_yes_is_a_header(app, client, runtime, shop):
    # No door lets shoppers in yet: whoever does names the caller as here.
    runtime.services[Engines] = StubEngines(runtime.settings, None)
    open_indexes(runtime)
    shopper = Principal("b1", "shopper", buyer_id=buyer_id(shop, "小鱼"))
    app.dependency_overrides[caller] = lambda: Caller(shop, shopper)
    paid = OrderRecord(1, "A1", "小鱼", OrderStatus.PAID)
    await load(runtime, shop, [paid, OrderRecord(2, "A2", "糖糖", OrderStatus.PAID)])
    cancel = tool(shop, "service.cancel_order")
    await refused(client.post(cancel, json={"order_id": "A1"}), 409, "conflict")
    yes = {"X-Zhanggui-Confirmed": "1"}
    filed = await ok(client.post(cancel, json={"order_id": "A1"}, headers=yes))
    assert (filed["outcome"], filed["kind"]) == ("filed", "cancel")
    await refused(client.post(cancel, json={"order_id": "A2"}, headers=yes), 403, "forbidden")
    await refused(client.get(tool(shop, "service.list_work")), 403, "forbidden")


async def test_a_call_that_waits_is_accepted_and_run_by_the_owner(owner, join, shop):
    agent = await join("agent@example.com", "agent")
    answer = await agent.post(tool(shop, "sample.spend"), json={"number": 5})
    assert answer.status_code == 202
    waiting = answer.json()["approval"]
    assert waiting["given"]["number"] == 5
    given = {"approval_id": waiting["id"], "approve": True}
    await refused(agent.post(tool(shop, "base.decide_approval"), json=given), 403, "forbidden")
    decided = await ok(owner.post(tool(shop, "base.decide_approval"), json=given))
    assert decided["output"] == {
        "count": (await ok(owner.get(tool(shop, "sample.count"))))["count"]
    }


@pytest.mark.usefixtures("uncounted_time")
async def test_a_tools_own_limit(owner, shop):
    for _ in range(2):
        await ok(owner.get(tool(shop, "sample.limited")))
    answer = await owner.get(tool(shop, "sample.limited"))
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


async def test_a_forged_form_changes_nothing(owner, shop):
    del owner.headers["X-Zhanggui"]
    await refused(owner.post(tool(shop, "sample.put"), json={}), 403, "forbidden")
    await refused(owner.post("/api/auth/sign-out"), 403, "forbidden")
    simple = {"content": "{}", "headers": {"content-type": "text/plain", "X-Zhanggui": "1"}}
    assert (await owner.post(tool(shop, "sample.put"), **simple)).status_code == 422
    # A browser sends by itself what it was once asked for by a proxy in front.
    basic = {"Authorization": "Basic c2hvcDpzaG9w"}
    await refused(owner.post(tool(shop, "sample.put"), json={}, headers=basic), 403, "forbidden")
    assert (await ok(owner.get("/api/auth/session")))["user"] is not None


async def test_no_other_origin_is_allowed(client):
    headers = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "x-zhanggui",
    }
    answer = await client.options("/api/auth/sign-in", headers=headers)
    assert answer.status_code == 405
    assert not [name for name in answer.headers if name.startswith("access-control")]


async def test_every_answer_has_the_headers_that_guard_a_browser(client):
    for path in ("/", "/healthz", "/api/auth/session", "/nothing/here.js", "/api/nothing"):
        headers = (await client.get(path)).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"].startswith("req_")


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_that_is_too_large_is_refused(owner, shop, declared):
    body = json.dumps({"text": "x" * 3_000_000}).encode()

    async def chunks():
        for start in range(0, len(body), 2**16):
            yield body[start : start + 2**16]

    content = body if declared else chunks()
    headers = {"content-type": "application/json"}
    await refused(
        owner.post(tool(shop, "sample.put"), content=content, headers=headers), 413, "too_large"
    )


async def test_a_defect_is_answered_in_the_one_form_and_tells_nothing(
    owner, shop, monkeypatch, capsys
):
    async def broken(call, given):
        raise RuntimeError("张小明 13812345678")

    from dataclasses import replace

    count = tools.REGISTRY["sample.count"]
    monkeypatch.setitem(tools.REGISTRY, "sample.count", replace(count, run=broken))
    answer = await owner.get(tool(shop, "sample.count"))
    assert answer.status_code == 500
    body = answer.json()
    assert (body["code"], body["where"]) == ("unexpected", answer.headers["x-request-id"])
    assert "13812345678" not in answer.text
    logged = "".join(capsys.readouterr())
    assert "RuntimeError" in logged
    assert "张小明" not in logged
    assert "13812345678" not in logged


async def test_what_is_not_there_is_told_in_the_one_form(client):
    body = (await client.get("/api/nothing")).json()
    assert body["code"] == "not_found"


async def test_metrics_are_counted_by_template_and_kept_from_strangers(owner, new_client, shop):
    await ok(owner.get(tool(shop, "sample.count")))
    labels = {
        "method": "GET",
        "route": "/api/shops/{shop_id}/tools/sample.count",
        "status": "200",
    }
    assert METRICS.get_sample_value("zhanggui_http_requests_total", labels)
    text = (await new_client("127.0.0.1").get("/metrics")).text
    assert "zhanggui_tool_calls_total" in text
    assert shop not in text
    stranger = new_client("203.0.113.7")
    await refused(stranger.get("/metrics"), 403, "forbidden")
    given = {"name": "prometheus", "role": "owner"}
    key = (await ok(owner.post(tool(shop, "base.create_key"), json=given)))["key"]
    answer = await stranger.get("/metrics", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 200


async def test_the_local_token_lets_the_machines_owner_in(new_client, shop):
    local = {"X-Zhanggui-Local": LOCAL_TOKEN}
    await ok(new_client().post(tool(shop, "sample.put"), json={}, headers=local))
    for client, token in (
        (new_client(), "guessed"),
        (new_client("203.0.113.7"), LOCAL_TOKEN),
    ):
        answer = await client.get(tool(shop, "sample.count"), headers={"X-Zhanggui-Local": token})
        assert answer.status_code == 401


async def test_health(client):
    assert (await ok(client.get("/healthz")))["ready"] is True
    assert (await ok(client.get("/readyz")))["live"] is True


async def test_it_is_not_ready_when_the_database_is_not(client, runtime, monkeypatch):
    def broken(*arguments):
        raise OSError

    monkeypatch.setattr(type(runtime.db), "reading", broken)
    assert (await client.get("/readyz")).status_code == 503
    assert (await ok(client.get("/healthz")))["ready"] is False


async def test_openapi_says_what_each_tool_takes_and_gives(client):
    document = await ok(client.get("/openapi.json"))
    paths = document["paths"]
    for name, found in tools.REGISTRY.items():
        methods = paths[f"/api/shops/{{shop_id}}/tools/{name}"]
        (method,) = methods
        operation = methods[method]
        assert method == ("post" if found.changes else "get")
        assert operation["operationId"] == name
        assert set(operation["responses"]) >= {"200", "401", "403", "404", "422", "429"}
        assert ("202" in operation["responses"]) is found.changes
    operations = [
        operation["operationId"] for methods in paths.values() for operation in methods.values()
    ]
    assert len(operations) == len(set(operations))


def test_a_reading_tool_must_fit_a_query():
    class Nested(Input):
        inner: dict[str, int]

    class Empty(Output):
        pass

    async def read(call: Call, given: Nested) -> Empty:
        return Empty()

    found = tools.Tool(
        "test.nested", Text("", ""), "read", STAFF, Nested, Empty, read, recorded=False
    )
    with pytest.raises(TypeError, match="inner"):
        routes_for({"test.nested": found})
    assert isinstance(routes_for({}), APIRouter)
