"""What is sent to a server, and what is read of its answer."""

from __future__ import annotations

import base64

import pytest

from tests.ai.language.conftest import HELLO, PURPOSE
from tests.ai.language.server import Does
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.language.asking import Language
from zhanggui.ai.making import MAKERS
from zhanggui.ai.protocols import ChatMessage, ChatRequest, ToolCall, ToolOffer
from zhanggui.ai.roster import Roster

SCHEMA = {"type": "object", "properties": {"reply": {"type": "string"}}, "required": ["reply"]}


async def asked(language, request):
    return await language.reply("fast", request, PURPOSE)


async def test_a_plain_request(speaking_to, stub):
    await asked(speaking_to(stub), HELLO)
    assert stub.asked == [
        {
            "model": "first-model",
            "messages": [{"role": "user", "content": "你好"}],
            "max_tokens": 2000,
        }
    ]


async def test_the_key_comes_from_the_environment(stub, monkeypatch, ledger):
    told = Configuration.model_validate(
        {
            "providers": {"p": {"base_url": stub.url, "key_env": "TEST_MODEL_KEY"}},
            "models": {"m": {"provider": "p", "model": "m"}},
            "roles": {"fast": ["m"]},
        }
    )
    monkeypatch.delenv("TEST_MODEL_KEY", raising=False)
    roster = Roster(told, ledger, MAKERS)
    language = Language(roster)
    assert not language.can("fast")
    monkeypatch.setenv("TEST_MODEL_KEY", "sk-secret")
    await asked(language, HELLO)
    await roster.close()
    assert stub.keys == ["bearer sk-secret"]
    assert "sk-secret" not in repr(roster.configuration)


@pytest.mark.parametrize(
    ("schema_as", "form"),
    [
        (
            "json_schema",
            {
                "type": "json_schema",
                "json_schema": {"name": "reply", "schema": SCHEMA, "strict": True},
            },
        ),
        ("json_object", {"type": "json_object"}),
        ("words", None),
    ],
)
async def test_a_form_is_asked_for_as_the_server_takes_it(speaking_to, stub, schema_as, form):
    request = ChatRequest(HELLO.messages, json_schema=SCHEMA)
    await asked(speaking_to(stub, schema_as=schema_as), request)
    (body,) = stub.asked
    assert body.get("response_format") == form
    told = "".join(each["content"] for each in body["messages"])
    assert ('"required":["reply"]' in told) == (schema_as != "json_schema")


async def test_pictures_go_along(speaking_to, stub):
    picture = b"\x89PNG\r\n"
    await asked(speaking_to(stub), ChatRequest([ChatMessage("user", "看看", (picture,))]))
    shown, text = stub.asked[0]["messages"][0]["content"]
    assert shown["image_url"]["url"] == (
        "data:image/png;base64," + base64.b64encode(picture).decode()
    )
    assert text == {"type": "text", "text": "看看"}


async def test_tools_are_offered_and_calls_are_read(speaking_to, stub):
    offer = ToolOffer("stock", "查库存", {"type": "object", "properties": {}})
    call = {"id": "t1", "type": "function", "function": {"name": "stock", "arguments": "{}"}}
    stub.script.append(Does(text="", finish="tool_calls", calls=[call]))
    language = speaking_to(stub)
    reply = await asked(language, ChatRequest(HELLO.messages, tools=[offer]))
    assert reply.calls == (ToolCall("t1", "stock", "{}"),)
    answered = [
        *HELLO.messages,
        ChatMessage("assistant", "", calls=reply.calls),
        ChatMessage("tool", "12", answers="t1"),
    ]
    await asked(language, ChatRequest(answered, tools=[offer]))
    first, second = stub.asked
    assert first["tools"][0]["function"]["name"] == "stock"
    assert second["messages"][1]["tool_calls"] == [call]
    assert second["messages"][2] == {"role": "tool", "tool_call_id": "t1", "content": "12"}


@pytest.mark.parametrize(
    ("thinks", "tokens", "sent"),
    [
        ("no", 500, {}),
        ("enable_thinking", 0, {"enable_thinking": False}),
        ("enable_thinking", 500, {"enable_thinking": True, "thinking_budget": 500}),
        ("reasoning_effort", 500, {"reasoning_effort": "medium"}),
    ],
)
async def test_thinking_is_switched_as_the_model_has_it(speaking_to, stub, thinks, tokens, sent):
    request = ChatRequest(HELLO.messages, thinking_tokens=tokens)
    await asked(speaking_to(stub, thinks=thinks), request)
    names = ("enable_thinking", "thinking_budget", "reasoning_effort")
    assert {name: stub.asked[0][name] for name in names if name in stub.asked[0]} == sent


async def test_no_more_is_written_than_is_asked_for_and_may_be(speaking_to, stub):
    language = speaking_to(stub, most_tokens=300)
    for most in (100, 1000, None):
        await asked(language, ChatRequest(HELLO.messages, most_tokens=most))
    assert [body["max_tokens"] for body in stub.asked] == [100, 300, 300]
