"""A stub of DashScope, and what speaks to it."""

from __future__ import annotations

import pytest

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.dashscope.stub.serving import serving
from zhanggui.ai.dashscope.stub.tasks import State
from zhanggui.ai.making import MAKERS

KEY = "TEST_DASHSCOPE_KEY"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv(KEY, "sk-stub-secret")


@pytest.fixture
def state():
    """What the stub remembers; its tasks take no time unless a test says so."""
    return State(queue_s=0.0, run_s=0.0)


@pytest.fixture
async def url(state):
    async with serving(state) as url:
        yield url


@pytest.fixture
async def engine_of(url):
    """Makes what speaks to a model of the stub's."""
    made = []

    def engine_of(does, **more):
        provider = Provider(speaks="dashscope", base_url=f"{url}/api/v1", key_env=KEY)
        model = Model(provider="ds", does=does, model=f"{does}-model", **more)
        made.append(MAKERS["dashscope", does]("m", model, provider))
        return made[-1]

    yield engine_of
    for each in made:
        await each.close()
