"""The models of a process, as their files say now: whoever changes a file need not start anew."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import structlog

from zhanggui.ai import configuration, keys
from zhanggui.ai.language.asking import Language
from zhanggui.ai.ledger import DatabaseLedger
from zhanggui.ai.making import MAKERS
from zhanggui.ai.roster import Roster
from zhanggui.base.errors import Invalid
from zhanggui.base.runtime import Runtime

log = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0
"""The files are looked at no more often, and only when a model is wanted."""

_Stamp = tuple[tuple[int, int, int] | None, ...]


class Current:
    """The roster that holds now, and the language models of it: a service of the runtime. `problem`
    says why a file that was changed is not used; the former roster stays then."""

    def __init__(self, runtime: Runtime) -> None:
        """Raises Invalid where a file cannot be used."""
        self._runtime = runtime
        self.ledger = DatabaseLedger(runtime.db)
        self.problem: Invalid | None = None
        self._stamp, self._looked = self._stamped(), time.monotonic()
        found = keys.configured(runtime.settings, runtime.cipher)
        self.roster = Roster(found, self.ledger, MAKERS)
        self.language = Language(self.roster)
        self._former: list[Roster] = []
        self._retiring: set[asyncio.Task[None]] = set()

    def follow(self) -> None:
        """Look whether a file was changed, unless that was done a moment ago."""
        if time.monotonic() - self._looked >= LOOK_EVERY_S:
            self.look()

    def look(self) -> None:
        """Take what a changed file says. Calls under way go on with the roster they began with."""
        self._looked, stamp = time.monotonic(), self._stamped()
        if stamp == self._stamp:
            return
        self._stamp = stamp  # What cannot be used is not read, nor told, again.
        try:
            found = keys.configured(self._runtime.settings, self._runtime.cipher)
        except Invalid as error:
            self.problem = error
            log.warning("models_not_reloaded", where=error.where, why=error.what.en)
            return
        self.problem = None
        former = self.roster
        if found == former.configuration:
            return
        self.roster = Roster(found, self.ledger, MAKERS)
        self.roster.bring_those_of(former)
        self.language = Language(self.roster)
        self._former = [each for each in (*self._former, former) if each is former or each.is_busy]
        task = asyncio.get_running_loop().create_task(former.retire())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)
        log.info("models_reloaded", models=len(found.models))

    async def close(self) -> None:
        """Let go of every connection, when all is in the ledger."""
        await asyncio.gather(*self._retiring)
        await self.roster.close()
        for each in self._former:
            await each.close()

    def _stamped(self) -> _Stamp:
        settings = self._runtime.settings
        return tuple(
            _stamp_of(path) for path in (configuration.path_of(settings), keys.path_of(settings))
        )


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
