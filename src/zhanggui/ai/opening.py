"""What the room needs while the program runs: its language models, as they are configured."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhanggui.ai.language import configuration, openai_compatible
from zhanggui.ai.language.asking import Language
from zhanggui.ai.ledger import DatabaseLedger
from zhanggui.base.runtime import Runtime


def language_of(runtime: Runtime) -> Language:
    """The language models of the process, read from their file at the first call. Raises Invalid
    where it cannot be used."""
    found = runtime.services.get(Language)
    if found is None:
        found = Language(configuration.load(runtime.settings), DatabaseLedger(runtime.db))
        runtime.services[Language] = found
    return found


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """Have the language models for as long as the block lasts; raises Invalid where their file
    cannot be used, so that who starts the program hears of it then."""
    language = language_of(runtime)
    loading = None
    if language.configuration.models:
        loading = asyncio.create_task(asyncio.to_thread(openai_compatible.load))
    try:
        yield
    finally:
        try:
            if loading is not None:
                await asyncio.gather(loading, return_exceptions=True)  # Who asks is told of it.
        finally:
            await language.close()
