"""A stub server, and models configured to ask it."""

from __future__ import annotations

import random

import pytest

from tests.ai.language.server import serving
from zhanggui.ai.language.asking import Language, Purpose
from zhanggui.ai.language.configuration import Configuration
from zhanggui.ai.protocols import ChatMessage, ChatRequest

PURPOSE = Purpose("shop", "service", "wording", "conv_1")
HELLO = ChatRequest([ChatMessage("user", "你好")])


class Kept:
    """A ledger that keeps its entries, and says no when it is told to."""

    def __init__(self):
        self.entries = []
        self.refuses = None

    async def admit(self, purpose):
        if self.refuses is not None:
            raise self.refuses

    def enter(self, asked):
        self.entries.append(asked)

    async def settle(self):
        pass


@pytest.fixture
async def stub():
    async with serving() as stub:
        yield stub


@pytest.fixture
async def other():
    async with serving() as stub:
        yield stub


@pytest.fixture
def ledger():
    return Kept()


@pytest.fixture
def waits():
    """How long the models were waited for, in seconds, one after another; nobody really waits."""
    return []


@pytest.fixture
async def speaking_to(ledger, waits):
    """Makes the language models of some stubs, a model each: ``first``, ``second``, which play
    ``fast`` in this order; `more` goes into each model."""
    made = []

    def speaking_to(*stubs, at_once=8, **more):
        names = ("first", "second", "third")[: len(stubs)]
        told = {
            "providers": {
                name: {"base_url": stub.url, "at_once": at_once}
                for name, stub in zip(names, stubs, strict=True)
            },
            "models": {
                name: {
                    "provider": name, "model": f"{name}-model", "sees": True,
                    "price_read": "0.3", "price_written": "6", "timeout_s": 5, **more,
                }
                for name in names
            },
            "roles": {"fast": list(names)},
        }  # fmt: skip

        async def sleep(seconds):
            waits.append(seconds)

        language = Language(
            Configuration.model_validate(told), ledger, rng=random.Random(1), sleep=sleep
        )
        made.append(language)
        return language

    yield speaking_to
    for language in made:
        await language.close()
