"""Servers are found where they are, and believed no more than their list of names."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from tests.ai.language.server import Does, serving
from zhanggui.ai import finding
from zhanggui.ai.finding import Known
from zhanggui.base.words import speaking

KEY = SecretStr("sk-to-look-with")


@pytest.fixture
async def stub():
    async with serving() as stub:
        yield stub


async def test_what_stands_on_this_machine_is_found(stub, monkeypatch):
    port = int(stub.url.split(":")[2].split("/")[0])
    known = (Known("nobody", "Nobody", 9), Known("ollama", "Ollama", port))
    monkeypatch.setattr(finding, "KNOWN", known)
    (found,) = await finding.on_this_machine()
    assert (found.name, found.title, found.address) == ("ollama", "Ollama", stub.url)
    assert found.models == ["qwen-small", "qwen-vl-small", "text-embed-small"]
    assert found.suggested == {
        "fast": "qwen-small", "thinking": "qwen-small", "vision": "qwen-vl-small",
    }  # fmt: skip
    assert found.is_near
    assert found.why is None


async def test_an_address_is_found_with_and_without_its_path_and_shown_the_key(stub):
    for address in (stub.url, stub.url.removesuffix("/v1")):
        found = await finding.at(address, KEY)
        assert found.address == stub.url
        assert found.models
    assert set(stub.keys) == {"bearer sk-to-look-with"}
    await finding.at(stub.url, None)
    assert stub.keys[-1] == ""


@pytest.mark.parametrize(
    ("does", "why"),
    [
        (Does(status=401), "key"),
        (Does(status=404), "protocol"),
        (Does(status=302, headers={"location": "http://127.0.0.1:9/v1/models"}), "elsewhere"),
        (Does(body=b"<html>"), "protocol"),
        (Does(body=b'{"data": {"id": "x"}}'), "protocol"),
        (Does(body=b'{"data": [{"id": 5}]}'), "protocol"),
        (Does(body=b'{"data": [{"id": "a\\u0007"}]}'), "protocol"),
        (Does(body=b"[" * 5000), "protocol"),
        (Does(body=b'{"data": []}' + b" " * 2**20), "protocol"),
    ],
)
async def test_what_is_no_list_of_models_is_said(stub, does, why):
    stub.script.append(does)
    with speaking("en"):
        found = await finding.at(stub.url, KEY)
    assert why in str(found.why)
    assert found.hint
    assert found.models == []


async def test_nobody_there_is_said():
    with speaking("en"):
        found = await finding.at("http://127.0.0.1:9", None)
    assert found.why == "It is not reached"
    assert found.address == "http://127.0.0.1:9/v1"


def test_a_server_is_named_by_its_program_or_its_host():
    assert finding.name_of("http://localhost:11434/v1") == "ollama"
    assert finding.name_of("http://192.168.1.5:8000/v1") == "192-168-1-5-8000"
    assert finding.name_of("https://api.example.com/v1") == "api-example-com"
