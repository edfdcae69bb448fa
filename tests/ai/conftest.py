"""A stub of a chat server, a house that may ask it, and a way to call its tools."""

from __future__ import annotations

import pytest

from tests.ai.language.server import models_file, serving
from zhanggui.ai import Engines, roster_of
from zhanggui.base import tools
from zhanggui.base.principals import SYSTEM
from zhanggui.base.runtime import opened


@pytest.fixture
async def stub():
    async with serving() as stub:
        yield stub


@pytest.fixture
def configured(settings, stub):
    """The house has a ``models.toml`` that names models of the stub's."""
    settings.data.mkdir(parents=True, exist_ok=True)
    (settings.data / "models.toml").write_text(models_file(stub.url), encoding="utf-8")


@pytest.fixture
async def runtime(settings, database):
    async with opened(settings) as runtime:
        runtime.services[Engines] = Engines(settings)
        yield runtime
        await roster_of(runtime).close()


@pytest.fixture
def call(runtime, shop_id):
    """Calls a tool as somebody, and gives what it gives."""

    async def call(tool, principal=SYSTEM, /, **given):
        outcome = await tools.call(runtime, tool, given, shop_id=shop_id, principal=principal)
        return outcome.output

    return call
