"""What shoppers ask most, for them to ask in one click."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import store as knowledge_store
from zhanggui.service.chat import store

MOST = 4
FRESH = timedelta(minutes=5)
"""How long what was counted is taken to hold: it moves slowly, and every page asks."""
_LONGEST = 20
"""Characters of a question that fits on a button."""
_FAQ = "faq:"


class AskedMost:
    """What the shoppers of each shop ask most: a service of the runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[str, tuple[tuple[str, ...], datetime]] = {}

    async def questions(self, shop_id: str) -> tuple[str, ...]:
        """As counted within the last :data:`FRESH`."""
        known, now = self._known.get(shop_id), clock.now()
        if known is None or now - known[1] >= FRESH:
            async with self._runtime.db.reading(shop_id) as session:
                known = await counted(session, shop_id), now
            self._known[shop_id] = known
        return known[0]


def asked_most(runtime: Runtime) -> AskedMost:
    """The runtime's, made at the first call."""
    found: AskedMost = runtime.services.setdefault(AskedMost, AskedMost(runtime))
    return found


async def counted(session: AsyncSession, shop_id: str) -> tuple[str, ...]:
    """The questions whose answers were given most often lately, then those kept first; the short
    ones only."""
    cited = Counter(
        source.removeprefix(_FAQ)
        for sources in await store.sources_of_answers(session, shop_id)
        for source in sources[:1]
        if source.startswith(_FAQ)
    )
    entries = {
        entry.id: entry.question
        for entry in await knowledge_store.faqs(session, shop_id)
        if len(entry.question) <= _LONGEST
    }
    first = [each for each, _ in cited.most_common() if each in entries]
    return tuple(dict.fromkeys(entries[each] for each in [*first, *entries]))[:MOST]
