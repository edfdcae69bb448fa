"""The search index of each shop in this process, kept true to the tables.

An index belongs to a mark: the shop's last change of goods or knowledge and the day (a policy may
begin today, or an answer end). Asking for it when the mark has moved builds it anew, so an answer
never rests on what is no longer so. Vectors come from a store on disk; what is missing there is
computed in the background when it is much, and until then entries are found by characters alone,
which :attr:`ShopIndex.is_whole` says.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.ai import Engines, TextRole, VectorStore
from zhanggui.base import clock
from zhanggui.base.db import Database
from zhanggui.base.runtime import Runtime
from zhanggui.knowledge import corpus, store
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.ranking import Ranking
from zhanggui.knowledge.retrieval import Retriever, facts_of, wordings_of
from zhanggui.shop import store as shop_store

log = structlog.get_logger(__name__)

AT_ONCE = 64
"""Texts that are embedded while the caller waits; more are left to the background."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ShopIndex:
    """What a shop knows, ready to be searched; `mark` is the state of the tables it shows."""

    mark: tuple[int, str]
    retriever: Retriever
    is_whole: bool
    """Whether every vector that the embedder can give is there."""

    @cached_property
    def ranking(self) -> Ranking:
        """Its entries by how likely they answer; made when first asked for."""
        return Ranking(self.retriever)


class _ClosedError(Exception):
    """The program ends; a thread cannot be cancelled, so it is told at its next step."""


class Indexes:
    """The indexes of a process: a service of the runtime."""

    def __init__(self, db: Database, engines: Engines, folder: Path) -> None:
        self._db = db
        self._engines = engines
        self._folder = folder
        self._indexes: dict[str, ShopIndex] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._filling: dict[str, asyncio.Task[None]] = {}
        self._closing = threading.Event()

    async def current(self, session: AsyncSession, shop_id: str) -> ShopIndex:
        """The index of what is true now; vectors that are missing are on their way."""
        index = await self._true(session, shop_id)
        if not index.is_whole and shop_id not in self._filling:
            task = asyncio.create_task(self._fill_quietly(shop_id, index))
            self._filling[shop_id] = task
            task.add_done_callback(lambda _: self._filling.pop(shop_id, None))
        return index

    async def whole(self, shop_id: str, progress: Progress | None = None) -> ShopIndex:
        """The index of what is true now with every vector, however long that takes."""
        while True:
            async with self._db.reading(shop_id) as session:
                index = await self._true(session, shop_id)
            if index.is_whole:
                return index
            await self._fill(shop_id, index, progress)

    async def _true(self, session: AsyncSession, shop_id: str) -> ShopIndex:
        async with self._locks.setdefault(shop_id, asyncio.Lock()):
            mark = await self._mark(session, shop_id)
            index = self._indexes.get(shop_id)
            if index is None or index.mark != mark:
                entries = await self._entries(session, shop_id)
                index = await asyncio.to_thread(self._build, shop_id, mark, entries)
                self._indexes[shop_id] = index
            return index

    async def close(self) -> None:
        """Stop the background work; what a thread is embedding ends with its batch."""
        self._closing.set()
        tasks = list(self._filling.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fill_quietly(self, shop_id: str, index: ShopIndex) -> None:
        try:
            await self._fill(shop_id, index, None)
        except Exception:
            log.exception("embedding_failed", shop=shop_id)

    async def _fill(self, shop_id: str, index: ShopIndex, progress: Progress | None) -> None:
        vectors = await asyncio.to_thread(self._vectors, shop_id)
        if vectors is None:
            return
        asked = _texts(index.retriever.entries)

        def watched(done: int, total: int) -> None:
            if self._closing.is_set():
                raise _ClosedError
            if progress is not None:
                progress(done, total)

        count = await asyncio.to_thread(vectors.fill, asked, watched)
        await asyncio.to_thread(vectors.retain, asked)
        log.info("embedded", shop=shop_id, texts=count)
        entries = index.retriever.entries
        whole = await asyncio.to_thread(self._build, shop_id, index.mark, entries)
        if self._indexes.get(shop_id) is index:
            self._indexes[shop_id] = whole

    async def _mark(self, session: AsyncSession, shop_id: str) -> tuple[int, str]:
        today = clock.local(clock.now()).date()
        return await store.freshness(session, shop_id), today.isoformat()

    async def _entries(self, session: AsyncSession, shop_id: str) -> list[Entry]:
        today = clock.local(clock.now()).date()
        skus: dict[str, list[corpus.SkuLike]] = {}
        for sku in await shop_store.skus(session, shop_id):
            skus.setdefault(sku.product_id, []).append(sku)
        return corpus.entries(
            corpus.told(await store.faqs(session, shop_id), today),
            corpus.in_force(await store.policies(session, shop_id), today),
            await shop_store.all_products(session, shop_id),
            skus,
            await shop_store.coupons(session, shop_id),
            corpus.in_force(await store.documents(session, shop_id), today),
        )

    def _vectors(self, shop_id: str) -> VectorStore | None:
        embedder = self._engines.embedder()
        return VectorStore(self._folder / shop_id, embedder) if embedder is not None else None

    def _build(self, shop_id: str, mark: tuple[int, str], entries: list[Entry]) -> ShopIndex:
        """Blocking: run in a thread."""
        vectors = self._vectors(shop_id)
        if vectors is not None:
            asked = _texts(entries)
            missing = int((~vectors.get(asked)[1]).sum())
            if 0 < missing <= AT_ONCE:
                vectors.fill(asked)
        retriever = Retriever(entries, vectors)
        is_whole = vectors is None or not entries or retriever.has_vectors
        return ShopIndex(mark, retriever, is_whole)


def _texts(entries: Sequence[Entry]) -> list[tuple[str, TextRole]]:
    """Every text of the entries that is embedded."""
    wordings: list[tuple[str, TextRole]] = [(w.embedded, w.role) for w in wordings_of(entries)]
    return wordings + [(fact, "passage") for fact in facts_of(entries)]


def open_indexes(runtime: Runtime) -> Indexes:
    """The indexes of a process, registered with its runtime; close them at the end."""
    engines = runtime.services.setdefault(Engines, Engines(runtime.settings))
    indexes = Indexes(runtime.db, engines, runtime.settings.data / "index")
    runtime.services[Indexes] = indexes
    return indexes
