"""The stub keeps to the protocol also where the client would not notice."""

from __future__ import annotations

import subprocess
import sys

import httpx
import pytest

from tests.ai.language.conftest import Kept
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.language.asking import Language
from zhanggui.ai.making import MAKERS
from zhanggui.ai.protocols import ChatMessage, ChatReply, ChatRequest
from zhanggui.ai.roster import Purpose, Roster

PICTURE = "/api/v1/services/aigc/text2image/image-synthesis"
BODY = {"model": "m", "input": {"prompt": "猫"}}
KEYED = {"Authorization": "Bearer sk-stub"}


@pytest.fixture
async def http(url):
    async with httpx.AsyncClient(base_url=url) as http:
        yield http


async def test_a_key_is_asked_for(http):
    answer = await http.post(PICTURE, json=BODY, headers={"Authorization": "Bearer sk-x"})
    assert (answer.status_code, answer.json()["code"]) == (401, "InvalidApiKey")


async def test_a_task_is_made_only_of_what_asks_for_one(http):
    answer = await http.post(PICTURE, json=BODY, headers=KEYED)
    assert (answer.status_code, answer.json()["code"]) == (403, "AccessDenied")


async def test_tasks_go_their_way_and_are_paid_when_they_succeed(http, state):
    state.queue_s = state.run_s = 3600
    headers = {**KEYED, "X-DashScope-Async": "enable"}
    output = (await http.post(PICTURE, json=BODY, headers=headers)).json()["output"]
    assert output["task_status"] == "PENDING"
    path = f"/api/v1/tasks/{output['task_id']}"
    state.queue_s = 0
    assert (await http.get(path, headers=KEYED)).json()["output"]["task_status"] == "RUNNING"
    assert (await http.get("/bill")).json()["pictures"] == 0
    state.run_s = 0
    found = (await http.get(path, headers=KEYED)).json()
    assert found["output"]["results"][0]["orig_prompt"] == "猫"
    assert (await http.get("/bill")).json()["pictures"] == 1
    unknown = await http.get("/api/v1/tasks/none", headers=KEYED)
    assert unknown.json()["output"]["task_status"] == "UNKNOWN"


async def test_faults_are_added_and_forgotten(http):
    await http.post("/faults", json={"name": "throttled", "times": 2})
    assert (await http.get("/faults")).json() == {"throttled": 2}
    answer = await http.post(PICTURE, json=BODY, headers=KEYED)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert (await http.delete("/faults")).json() == {}
    assert (await http.post("/faults", json={"name": "nonsense"})).status_code == 400


async def test_the_compatible_mode_is_spoken_to_as_language_models_are(url, state):
    provider = {"base_url": f"{url}/compatible-mode/v1", "key_env": "TEST_DASHSCOPE_KEY"}
    told = {
        "providers": {"p": provider},
        "models": {"m": {"provider": "p", "model": "qwen-x"}},
        "roles": {"fast": ["m"]},
    }
    roster = Roster(Configuration.model_validate(told), Kept(), MAKERS)
    language, request = Language(roster), ChatRequest([ChatMessage("user", "你好")])
    purpose = Purpose("shop", "service", "wording")
    reply = await language.reply("fast", request, purpose)
    state.faults["slow"] = 1
    parts = [part async for part in language.stream("fast", request, purpose)]
    assert isinstance(parts[-1], ChatReply)
    assert "".join(map(str, parts[:-1])) == parts[-1].text == reply.text
    await roster.close()


def test_the_command_serves_it():
    program = "from zhanggui.cli import main; main()"
    given = ["dev", "dashscope", "--port", "0", "--fault", "throttled:2"]
    command = [sys.executable, "-c", program, *given]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            line = next(each for each in process.stdout if "base_url" in each)
            base = line.split()[2].removesuffix("/api/v1")
            assert httpx.get(f"{base}/faults", timeout=60).json() == {"throttled": 2}
        finally:
            process.terminate()
