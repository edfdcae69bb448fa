"""What the service's room needs while the program runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from zhanggui.base.runtime import Runtime
from zhanggui.service import evaluating
from zhanggui.service.channels.relay import relaying
from zhanggui.service.chat.answerer import answering
from zhanggui.service.chat.answerers import answering_apart
from zhanggui.service.chat.tidying import tidying
from zhanggui.service.gaps.lessons import learning_from_people


@asynccontextmanager
async def started(runtime: Runtime) -> AsyncIterator[None]:
    """The room's part of a running program: an evaluation that was let go goes on, shoppers are
    answered, what is said reaches the channels they write from, what people answer is learnt from,
    and conversations are tidied."""
    await evaluating.resume(runtime)
    apart = runtime.settings.answerers > 0
    async with (
        answering_apart(runtime) if apart else answering(runtime),
        relaying(runtime),
        learning_from_people(runtime),
        tidying(runtime),
    ):
        yield
