"""The seam before a real server: llama.cpp, with a real if small model."""

from __future__ import annotations

import asyncio
import platform
import subprocess
import sys

import pytest
from pydantic import BaseModel, ConfigDict

from tests.ai.language.conftest import PURPOSE, Kept
from zhanggui.ai import ChatMessage, ChatReply, ChatRequest, Language, written
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.making import MAKERS
from zhanggui.ai.roster import Roster
from zhanggui.base.errors import Unavailable

if not (sys.platform == "linux" and platform.machine() == "x86_64"):
    pytest.skip("xllamacpp is installed on Linux x86-64 only", allow_module_level=True)

HELLO = ChatRequest([ChatMessage("user", "Say hello.")], most_tokens=60)
STORY = ChatRequest([ChatMessage("user", "Tell a long story of a cup.")], most_tokens=1500)


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")

    red: bool


@pytest.fixture(scope="module")
def address():
    command = [sys.executable, "-m", "tests.ai.language.llama"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        try:
            assert server.stdout is not None
            yield server.stdout.readline().strip()
        finally:
            server.kill()


@pytest.fixture
async def model(address):
    """Makes the model behind the seam; `more` goes into its configuration."""
    made = []

    def model(at_once=2, **more):
        told = {
            "providers": {"p": {"base_url": address, "at_once": at_once}},
            "models": {
                "small": {
                    "provider": "p", "model": "smollm2", "timeout_s": 120,
                    "extra": {"temperature": 0, "seed": 1}, **more,
                }
            },
            "roles": {"fast": ["small"]},
        }  # fmt: skip
        ledger = Kept()
        roster = Roster(Configuration.model_validate(told), ledger, MAKERS)
        made.append(roster)
        return Language(roster), ledger

    yield model
    for roster in made:
        await roster.close()


async def test_it_chats_and_its_tokens_are_counted(model):
    language, ledger = model()
    reply = await language.reply("fast", HELLO, PURPOSE, patience_s=120)
    assert reply.text.strip()
    (entry,) = ledger.entries
    assert entry.outcome == "answered"
    assert entry.used.read > 5
    assert 0 < entry.used.written <= 60


async def test_a_stream_is_the_reply_in_parts(model):
    language, ledger = model()
    parts = [part async for part in language.stream("fast", HELLO, PURPOSE)]
    assert isinstance(parts[-1], ChatReply)
    assert len(parts) > 2
    assert "".join(parts[:-1]) == parts[-1].text
    assert ledger.entries[0].used.written > 1


async def test_it_writes_what_fits_a_schema(model):
    language, _ = model()

    async def speak(request):
        return await language.reply("fast", request, PURPOSE, patience_s=120)

    asked = ChatRequest([ChatMessage("user", "Is a ripe tomato red?")], most_tokens=40)
    colour, reply = await written(speak, asked, Colour)
    assert isinstance(colour.red, bool)
    assert reply.by == "small"


async def test_who_goes_away_frees_the_model_for_others(model):
    language, ledger = model(at_once=1)
    stream = language.stream("fast", STORY, PURPOSE)
    await anext(stream)
    await stream.aclose()
    assert (await language.reply("fast", HELLO, PURPOSE, patience_s=120)).text
    assert [entry.outcome for entry in ledger.entries] == ["cancelled", "answered"]


async def test_more_than_it_can_do_at_once_wait_for_each_other(model):
    language, ledger = model(at_once=2)
    replies = await asyncio.gather(
        *(language.reply("fast", HELLO, PURPOSE, patience_s=240) for _ in range(4))
    )
    assert all(reply.text for reply in replies)
    assert [entry.outcome for entry in ledger.entries] == ["answered"] * 4


async def test_one_that_is_too_slow_is_not_waited_for(model):
    language, ledger = model()
    with pytest.raises(Unavailable, match="slow"):
        await language.reply("fast", STORY, PURPOSE, patience_s=0.3)
    assert ledger.entries[-1].outcome == "slow"
