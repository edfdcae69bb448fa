"""What the room needs while the program runs: its models, as they are configured, and the pictures
and films that are being made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhanggui.ai.cache import Cache
from zhanggui.ai.current import Current
from zhanggui.ai.dashscope import calling
from zhanggui.ai.engines import Engines
from zhanggui.ai.language import openai_compatible
from zhanggui.ai.language.asking import Language
from zhanggui.ai.media.asking import Media
from zhanggui.ai.media.texts import Texts
from zhanggui.ai.roster import Roster
from zhanggui.base import workflows
from zhanggui.base.runtime import Runtime


def current_of(runtime: Runtime) -> Current:
    """The models of the process, as their files say now. Raises Invalid where these cannot be used
    at the first call; later what was read before holds."""
    found = runtime.services.get(Current)
    if isinstance(found, Current):
        found.follow()
        return found
    made = runtime.services[Current] = Current(runtime)
    return made


def roster_of(runtime: Runtime) -> Roster:
    """Who can be asked now; raises as `current_of` does."""
    return current_of(runtime).roster


def language_of(runtime: Runtime) -> Language:
    """The language models that can be asked now; raises as `current_of` does."""
    return current_of(runtime).language


def media_of(runtime: Runtime) -> Media:
    """The models of the process that make pictures, films and a voice; raises as `roster_of`
    does."""
    found = runtime.services.get(Media)
    current = current_of(runtime)
    if isinstance(found, Media):
        found.follow(current.roster)
        return found
    made = Media(
        current.roster, current.ledger, runtime.db, runtime.blobs, _begin,
        speech=lambda: runtime.service(Engines).speech,
    )  # fmt: skip
    runtime.services[Media] = made
    return made


def texts_of(runtime: Runtime) -> Texts:
    """The models of the process that embed and rerank; raises as `roster_of` does."""
    found = runtime.services.get(Texts)
    roster = roster_of(runtime)
    if isinstance(found, Texts):
        found.follow(roster)
        return found
    made = Texts(roster, runtime.service(Engines).embedder, cache=Cache(runtime.blobs))
    runtime.services[Texts] = made
    return made


@workflows.workflow(name="ai.make")
async def make(shop_id: str, task_id: str) -> None:
    """Have a picture or film made. What has been done is in its row, not in steps of the workflow:
    begun again, it goes on from there."""
    await _make(shop_id, task_id)


@workflows.step(name="ai.carry_task")
async def _make(shop_id: str, task_id: str) -> None:
    await media_of(workflows.current_runtime()).carry(shop_id, task_id)


async def _begin(shop_id: str, task_id: str) -> None:
    await workflows.start(f"make:{shop_id}:{task_id}", make, shop_id, task_id)


@asynccontextmanager
async def making(runtime: Runtime) -> AsyncIterator[None]:
    """Go on with the pictures and films that were being made, for as long as the block lasts."""
    media = media_of(runtime)
    await media.resume()
    try:
        yield
    finally:
        await media.close()


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """Have the models for as long as the block lasts; raises Invalid where their file
    cannot be used, so that who starts the program hears of it then."""
    current = current_of(runtime)
    loading = None
    if current.roster.configuration.models:
        loading = asyncio.create_task(asyncio.to_thread(_load, current.roster))
    try:
        yield
    finally:
        try:
            if loading is not None:
                await asyncio.gather(loading, return_exceptions=True)  # Who asks is told of it.
        finally:
            await current.close()


def _load(roster: Roster) -> None:
    """Import the SDKs of the servers there are."""
    spoken = {each.speaks for each in roster.configuration.providers.values()}
    if "openai" in spoken:
        openai_compatible.load()
    if "dashscope" in spoken:
        calling.load()
