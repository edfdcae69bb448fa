"""A model is asked again where that may help, and no longer than there is time."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.ai.language.conftest import PURPOSE, Kept
from tests.speakers import Speaker
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.patience import TRIES
from zhanggui.ai.protocols import ChatReply, Used
from zhanggui.ai.retrying import Retrying
from zhanggui.ai.roster import Roster, Sent

REPLY = ChatReply("好", "m", Used(1, 1))


@pytest.fixture
def ledger():
    return Kept()


@pytest.fixture
def ask(ledger):
    """Asks a model that does what `does` says, one after another; gives the waits as well."""
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    async def ask(*does, until=None):
        roster = Roster(Configuration(), ledger, {})
        roster.bring("fast", Speaker())
        (player,) = roster.of_role("fast")
        left = list(does)

        async def make():
            done = left.pop(0)
            if isinstance(done, ModelFault):
                raise done
            return done

        retrying = Retrying(random.Random(1), sleep)
        made = await retrying.ask(roster, "fast", player, PURPOSE, Sent(), make, until=until)
        return made, waits

    return ask


async def test_what_passes_is_asked_for_again_and_each_try_is_entered(ask, ledger):
    made, waits = await ask(ModelFault("busy"), ModelFault("broken"), REPLY)
    assert made == REPLY
    assert len(waits) == 2
    assert [entry.outcome for entry in ledger.entries] == ["busy", "broken", "answered"]


@pytest.mark.parametrize("faults", [["refused"], ["busy"] * TRIES])
async def test_then_it_is_given_up(ask, ledger, faults):
    with pytest.raises(ModelFault, match=faults[-1]):
        await ask(*(ModelFault(kind) for kind in faults), REPLY)
    assert len(ledger.entries) == len(faults)


async def test_nobody_waits_past_the_time_there_is(ask):
    until = asyncio.get_running_loop().time() + 1
    with pytest.raises(ModelFault, match="busy"):
        await ask(ModelFault("busy", after_s=3), REPLY, until=until)
