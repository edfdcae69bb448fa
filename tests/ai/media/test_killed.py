"""A process that is killed while something is made: the next goes on, and it is paid once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.ai.dashscope.conftest import KEY
from tests.ai.media.conftest import told
from zhanggui.ai.models import ModelCall

PROGRAM = """
import asyncio, os, random, sys
from contextvars import ContextVar
from pathlib import Path
from zhanggui.ai import opening
from zhanggui.ai.dashscope.calling import Server
from zhanggui.ai.dashscope.tasks import Tasks
from zhanggui.ai.media.asking import Media
from zhanggui.ai.media.pacing import Pace
from zhanggui.ai.media.protocols import DrawRequest
from zhanggui.ai.media.rows import Rows
from zhanggui.ai.roster import Purpose
from zhanggui.base import workflows
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings

PHASES = ("before the request", "before its id is kept", "while it is made",
          "while it is fetched", "before it is entered")
current = ContextVar("current")


def say(what):
    with Path(os.environ["LINES"]).open("a") as file:
        file.write(what + "\\n")


async def stop(phase):
    if "stop" in sys.argv and phase == current.get():
        say(phase)
        await asyncio.sleep(3600)


def stopping(kind, name, phase, *, after=False):
    real = getattr(kind, name)

    async def patched(self, *given, **named):
        if not after:
            await stop(phase)
        answer = await real(self, *given, **named)
        if after:
            await stop(phase)
        return answer

    setattr(kind, name, patched)


stopping(Server, "post", PHASES[0])
stopping(Rows, "taken", PHASES[1])
stopping(Tasks, "look", PHASES[2], after=True)
stopping(Server, "download", PHASES[3])
stopping(Rows, "done", PHASES[4])

carry = Media.carry


async def noted(self, shop_id, task_id):
    row = await self._rows.load(shop_id, task_id)
    current.set(row.request)
    await carry(self, shop_id, task_id)


Media.carry = noted


async def main():
    async with opened(Settings()) as runtime, opening.started(runtime):
        pace = Pace(first_s=0.1, longest_s=0.2, settle_s=0.5, unread_s=5, skew_s=1)
        media = runtime.services[Media] = Media(
            opening.roster_of(runtime), opening.current_of(runtime).ledger,
            runtime.db, runtime.blobs,
            opening._begin, pace=pace, rng=random.Random(1),
        )
        async with workflows.running(runtime), opening.making(runtime):
            if "leave" in sys.argv:
                return
            purpose = Purpose("test-shop", "studio", "poster")
            ids = [await media.begin(DrawRequest(phase), purpose, phase) for phase in PHASES]
            for task_id in ids:
                made = await media.wait("test-shop", task_id)
                assert [await runtime.blobs.has(key) for key in made.keys] == [True]
            say("made")


asyncio.run(main())
"""
PHASES = (
    "before the request",
    "before its id is kept",
    "while it is made",
    "while it is fetched",
    "before it is entered",
)


@pytest.mark.db
async def test_it_is_made_and_paid_once_wherever_the_process_is_killed(
    url, state, settings, database, tmp_path, shop_id, engine
):
    program, environment = _program(tmp_path, settings, url)
    child = await _started(program, environment, "stop")
    await _said(child, environment, *PHASES)
    child.send_signal(signal.SIGKILL)
    await child.wait()
    assert state.bill()["submitted"] == len(PHASES) - 1

    if engine == "sqlite":  # A process that ends in good order meanwhile loses nothing either.
        child = await _started(program, environment, "leave")
        assert await child.wait() == 0

    child = await _started(program, environment)
    try:
        await _said(child, environment, "made")
        assert await child.wait() == 0
    finally:
        if child.returncode is None:
            child.kill()
    bill = state.bill()
    assert (bill["submitted"], bill["pictures"]) == (len(PHASES), len(PHASES))
    async with database.reading(shop_id) as session:
        rows = (await session.scalars(select(ModelCall).where(ModelCall.shop_id == shop_id))).all()
    # What never left is entered as well, for nothing, before it is asked for again.
    told = sorted((row.outcome, row.cost_micro) for row in rows)
    assert told == [("answered", 200_000)] * len(PHASES) + [("down", 0)]


def _program(folder, settings, url):
    models = told(url, timeout_s=2)
    lines = []
    for table in ("providers", "models"):
        for name, values in models[table].items():
            lines += [f"[{table}.{name}]", *(f"{key} = {json.dumps(value)}"
                                             for key, value in values.items())]  # fmt: skip
    lines += ["[roles]", 'draw = ["first"]']
    settings.data.mkdir(exist_ok=True)
    (settings.data / "models.toml").write_text("\n".join(lines), encoding="utf-8")
    program = folder / "making.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {
        **os.environ,
        "LINES": str(folder / "lines"),
        "ZHANGGUI_DATA": str(settings.data),
        KEY: "sk-stub-secret",
    }
    if settings.database_url is not None:
        environment["ZHANGGUI_DATABASE_URL"] = settings.database_url
    return str(program), environment


async def _started(program, environment, *given):
    return await asyncio.create_subprocess_exec(sys.executable, program, *given, env=environment)


async def _said(child, environment, *lines):
    """Wait until the child has said so."""
    async with asyncio.timeout(100):
        while not (said := _lines(environment)) >= set(lines):
            assert child.returncode is None, said
            await asyncio.sleep(0.05)


def _lines(environment):
    file = Path(environment["LINES"])
    return set(file.read_text().splitlines()) if file.exists() else set()
