"""Durable work outlives its process: upgraded, or taken over by another worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from zhanggui.base.settings import Settings

PROGRAM = """
import asyncio, os, sys
from datetime import timedelta
from pathlib import Path

from zhanggui.base import workflows
from zhanggui.base.runtime import opened
from zhanggui.base.settings import Settings

workflows.HEARTBEAT, workflows.SILENT = timedelta(seconds=0.2), timedelta(seconds=2)


def say(what):
    with Path(os.environ["LINES"]).open("a") as file:
        file.write(what + "\\n")


@workflows.step(name="test.first")
async def first():
    say("first")
    return 20


@workflows.step(name="test.second")
async def second(number):
    {second}


@workflows.workflow(name="test.work")
async def work():
    await second(await first())


async def main():
    async with opened(Settings()) as runtime, workflows.running(runtime):
        if "start" in sys.argv:
            await workflows.start("w1", work)
        await workflows.wait("w1")
        say("ended")


asyncio.run(main())
"""
STOPS = 'say("stopped"); await asyncio.sleep(3600)'
GOES_ON = 'say(f"upgraded {number + 1}")'
PATIENCE = 90


class Program:
    """A version of a program in a process of its own."""

    def __init__(self, folder: Path, settings: Settings, second: str, worker: str, *arguments: str):
        self._lines = folder / "lines"
        script = folder / f"{worker}-{abs(hash(second))}.py"
        script.write_text(PROGRAM.replace("{second}", second), encoding="utf-8")
        environment = {
            **os.environ,
            "LINES": str(self._lines),
            "ZHANGGUI_DATA": str(settings.data),
            "ZHANGGUI_WORKER": worker,
        }
        if settings.database_url is not None:
            environment["ZHANGGUI_DATABASE_URL"] = settings.database_url
        self.process = subprocess.Popen([sys.executable, str(script), *arguments], env=environment)

    def said(self) -> list[str]:
        return self._lines.read_text().split("\n")[:-1] if self._lines.exists() else []

    def wait_for(self, line: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while line not in self.said():
            assert self.process.poll() is None or line in self.said(), self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.mark.db
def test_an_upgraded_program_finishes_what_its_predecessor_began(settings, tmp_path, engine):
    old = Program(tmp_path, settings, STOPS, "local", "start")
    old.wait_for("stopped")
    old.kill()
    new = Program(tmp_path, settings, GOES_ON, "local")
    try:
        new.wait_for("ended")
        assert new.said() == ["first", "stopped", "upgraded 21", "ended"]
    finally:
        new.kill()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_another_worker_takes_over_from_one_that_fell_silent(settings, tmp_path, engine):
    one = Program(tmp_path, settings, STOPS, "one", "start")
    one.wait_for("stopped")
    two = Program(tmp_path, settings, GOES_ON, "two")
    try:
        time.sleep(4)  # As long as one lives, its work is its own.
        assert two.said() == ["first", "stopped"]
        one.kill()
        two.wait_for("ended")
        assert two.said() == ["first", "stopped", "upgraded 21", "ended"]
    finally:
        one.kill()
        two.kill()
