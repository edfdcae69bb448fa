"""A stub server, and models configured to ask it."""

from __future__ import annotations

import random

import pytest

from tests.ai.language.server import serving
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.language.asking import Language
from zhanggui.ai.making import MAKERS
from zhanggui.ai.protocols import ChatMessage, ChatRequest
from zhanggui.ai.roster import Purpose, Roster

PURPOSE = Purpose("shop", "service", "wording", "conv_1")
HELLO = ChatRequest([ChatMessage("user", "你好")])


class Kept:
    """A ledger that keeps its entries, and says no when it is told to."""

    def __init__(self):
        self.entries = []
        self.refuses = None

    async def admit(self, purpose, sent, *, is_near):
        if self.refuses is not None:
            raise self.refuses

    def forget(self, shop_id):
        pass

    def enter(self, asked):
        self.entries.append(asked)

    async def settle(self):
        pass


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
    ``fast`` in this order, after what is `brought` by role; `more` goes into each model."""
    made = []

    def speaking_to(*stubs, at_once=8, brought=None, **more):
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

        roster = Roster(Configuration.model_validate(told), ledger, MAKERS)
        for role, engine in (brought or {}).items():
            roster.bring(role, engine)
        made.append(roster)
        return Language(roster, rng=random.Random(1), sleep=sleep)

    yield speaking_to
    for roster in made:
        await roster.close()
