"""The SDK is spoken through as it is meant to be: nothing global, nothing tried again."""

from __future__ import annotations

import socket

import pytest

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.dashscope.calling import Server, used_of
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.protocols import Used


@pytest.fixture
async def server(url):
    made = []

    def server(**more):
        told = {"speaks": "dashscope", "base_url": f"{url}/api/v1", "key_env": "TEST_DASHSCOPE_KEY"}
        model = Model(provider="p", does="embed", model="m", timeout_s=5)
        made.append(Server(model, Provider(**{**told, **more})))
        return made[-1]

    yield server
    for each in made:
        await each.close()


EMBED = "/services/embeddings/text-embedding/text-embedding"
BODY = {"model": "m", "input": {"texts": ["a"]}}


async def fault_of(asking):
    with pytest.raises(ModelFault) as raised:
        await asking
    return raised.value


async def test_neither_the_environment_nor_a_file_has_a_say(server, monkeypatch, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text('api_key = "sk-other"\nbase_url = "http://127.0.0.1:9"\nworkspace = "w"\n')
    monkeypatch.setenv("DASHSCOPE_CONFIG", str(config))
    monkeypatch.setenv("DASHSCOPE_API_KEY", "sk-other")
    monkeypatch.setenv("DASHSCOPE_BASE_URL", "http://127.0.0.1:9")
    assert "output" in await server().post(EMBED, BODY)


@pytest.mark.parametrize(
    ("fault", "kind", "status", "after_s", "may_be_taken"),
    [
        ("throttled", "busy", 429, 1.0, False),
        ("error", "down", 500, None, True),
    ],
)
async def test_a_fault_is_told_and_nothing_is_tried_again(
    server, state, fault, kind, status, after_s, may_be_taken
):
    state.faults[fault] = 1
    found = await fault_of(server().post(EMBED, BODY))
    assert (found.kind, found.status, found.after_s) == (kind, status, after_s)
    assert found.may_be_taken is may_be_taken
    assert len(state.asked) == 1


async def test_a_wrong_key(server, monkeypatch):
    monkeypatch.setenv("TEST_DASHSCOPE_KEY", "sk-wrong")
    found = await fault_of(server().post(EMBED, BODY))
    assert (found.kind, found.code) == ("key", "InvalidApiKey")


async def test_what_never_left_is_told_apart_from_what_was_not_answered(server, state, url):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    found = await fault_of(server(base_url=f"http://127.0.0.1:{port}").post(EMBED, BODY))
    assert (found.kind, found.may_be_taken) == ("down", False)
    state.faults["hangs"] = 1
    hurried = server()
    hurried._model = hurried._model.model_copy(update={"timeout_s": 0.3})
    found = await fault_of(hurried.post(EMBED, BODY))
    assert (found.kind, found.may_be_taken) == ("slow", True)


@pytest.mark.parametrize(
    ("usage", "used"),
    [
        ({"image_count": 2}, Used(pictures=2)),
        ({"video_count": 1, "duration": 10.0, "output_video_duration": 10.0}, Used(seconds=10.0)),
        ({"video_duration": 5, "video_ratio": "1280*720"}, Used(seconds=5.0)),
        ({"total_tokens": 12}, Used(read=12)),
        ({"input_tokens": 9, "output_tokens": 40, "total_tokens": 49}, Used(read=9, written=40)),
        ({"characters": 7}, Used(characters=7)),
        ({"image_count": True, "duration": "5"}, Used()),
        (None, Used()),
    ],
)
def test_what_is_to_be_paid(usage, used):
    assert used_of({"usage": usage}) == used
