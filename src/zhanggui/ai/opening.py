"""What the room needs while the program runs: its models, as they are configured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhanggui.ai import configuration
from zhanggui.ai.language import openai_compatible
from zhanggui.ai.language.asking import Language
from zhanggui.ai.ledger import DatabaseLedger
from zhanggui.ai.making import MAKERS
from zhanggui.ai.roster import Roster
from zhanggui.base.runtime import Runtime


def roster_of(runtime: Runtime) -> Roster:
    """The models of the process, read from their file at the first call. Raises Invalid where it
    cannot be used."""
    found = runtime.services.get(Roster)
    if found is None:
        read = configuration.load(runtime.settings)
        found = runtime.services[Roster] = Roster(read, DatabaseLedger(runtime.db), MAKERS)
    return found


def language_of(runtime: Runtime) -> Language:
    """The language models of the process; raises as `roster_of` does."""
    found = runtime.services.get(Language)
    if found is None:
        found = runtime.services[Language] = Language(roster_of(runtime))
    return found


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """Have the models for as long as the block lasts; raises Invalid where their file
    cannot be used, so that who starts the program hears of it then."""
    roster = roster_of(runtime)
    loading = None
    if roster.configuration.models:
        loading = asyncio.create_task(asyncio.to_thread(openai_compatible.load))
    try:
        yield
    finally:
        try:
            if loading is not None:
                await asyncio.gather(loading, return_exceptions=True)  # Who asks is told of it.
        finally:
            await roster.close()
