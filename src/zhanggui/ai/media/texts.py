"""Vectors and orders by models, and by the engine in the program where no model gives them.

Vectors of two models do not compare: all of one call are by one model, and what is kept of them is
keyed by its name and version.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from zhanggui.ai.cache import Cache, Keep, digest
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.masking import Masks
from zhanggui.ai.media.protocols import Embedded, Embedding, Reranked, Reranking
from zhanggui.ai.protocols import NOTHING, Embedder, TextRole
from zhanggui.ai.reranking import EmbeddedReranker, Passage, statement
from zhanggui.ai.retrying import Retrying
from zhanggui.ai.roster import Player, Purpose, Roster, Sent, nobody
from zhanggui.base.errors import Unavailable


class Texts:
    """The models of a process that embed and rerank: a service of the runtime. `embedder` is the
    engine in the program, loaded when it is first needed. Without a `cache` nothing is kept."""

    def __init__(
        self,
        roster: Roster,
        embedder: Callable[[], Embedder | None],
        *,
        cache: Cache | None = None,
        rng: random.Random | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._cache = cache
        self._roster = roster
        self._embedder = embedder
        self._retrying = Retrying(rng, sleep)

    def follow(self, roster: Roster) -> None:
        """Ask by another roster from now on."""
        self._roster = roster

    async def embed(
        self,
        texts: Sequence[str],
        role: TextRole,
        purpose: Purpose,
        *,
        private: Sequence[str] = (),
        keep: Keep | None = None,
    ) -> Embedded:
        """Vectors of the texts, all by one model; by the embedded one, which says so, where none
        answers. With `keep` a text of which a model made a vector not too long ago is not sent
        again. Raises Unavailable where there is not even the embedded one."""
        masks = Masks(private)
        plain = masks.every(texts)

        async def by(player: Player) -> Embedded:
            known = await self._known(player, plain, role, purpose.shop_id, keep)
            new = await made([text for text in dict.fromkeys(plain) if text not in known], player)
            for part, some in new:
                known |= {
                    text: replace(part, vectors=part.vectors[place : place + 1], used=NOTHING)
                    for place, text in enumerate(some)
                }
                await self._keep(player, some, part, role, purpose.shop_id, keep)
            vectors = np.concatenate([known[text].vectors for text in plain])
            return replace(known[plain[0]], vectors=vectors)

        async def made(
            missing: Sequence[str], player: Player
        ) -> list[tuple[Embedded, Sequence[str]]]:
            engine: Embedding = player.engine
            parts: list[tuple[Embedded, Sequence[str]]] = []
            for place in range(0, len(missing), engine.at_most):
                some = missing[place : place + engine.at_most]
                sent = Sent(sum(map(len, some)), 0, dict(masks.counts) if not place else {})
                ask = partial(engine.embed, some, role)
                part = await self._retrying.ask(self._roster, "embed", player, purpose, sent, ask)
                parts.append((part, some))
            return parts

        missed: list[str] = []
        for player in self._roster.of_role("embed") if texts else ():
            try:
                return replace(await by(player), missed=tuple(missed))
            except (ModelFault, ValueError) as error:  # Parts that are not of one length.
                missed.append(f"{player.name}: {getattr(error, 'kind', 'broken')}")
            except Unavailable as error:
                missed.append(f"{player.name}: {error.code}")
        embedder = await asyncio.to_thread(self._embedder)
        if embedder is None:
            raise nobody("embed", missed)
        vectors = await asyncio.to_thread(embedder.embed, texts, role)
        return Embedded(
            vectors, embedder.name, embedder.version, is_embedded=True, missed=tuple(missed)
        )

    async def _known(
        self,
        player: Player,
        texts: Sequence[str],
        role: TextRole,
        shop_id: str,
        keep: Keep | None,
    ) -> dict[str, Embedded]:
        """The vectors of those texts that a model made before."""
        if keep is None or self._cache is None:
            return {}
        known: dict[str, Embedded] = {}
        for text in dict.fromkeys(texts):
            found = await self._cache.get(shop_id, _key(player, text, role), keep)
            if found is not None:
                name, version, row = found.split(b"\n", 2)
                vectors = np.frombuffer(row, np.float32)[None, :]
                known[text] = Embedded(vectors, name.decode(), version.decode())
        return known

    async def _keep(
        self,
        player: Player,
        texts: Sequence[str],
        made: Embedded,
        role: TextRole,
        shop_id: str,
        keep: Keep | None,
    ) -> None:
        if keep is None or self._cache is None:
            return
        head = f"{made.name}\n{made.version}\n".encode()
        for text, row in zip(texts, made.vectors, strict=True):
            data = head + np.asarray(row, np.float32).tobytes()
            await self._cache.put(shop_id, _key(player, text, role), data, keep)

    async def rerank(
        self,
        query: str,
        passages: Sequence[Passage],
        purpose: Purpose,
        *,
        private: Sequence[str] = (),
    ) -> Reranked:
        """How well each passage answers, all by one model; by the embedded engine, which says so,
        where none answers or there are more than a model takes."""
        masks = Masks(private)
        asked, *plain = masks.every([query, *map(statement, passages)])
        sent = Sent(len(asked) + sum(map(len, plain)), 0, dict(masks.counts))
        missed: list[str] = []
        for player in self._roster.of_role("rerank") if passages else ():
            engine: Reranking = player.engine
            if len(plain) > engine.at_most:
                missed.append(f"{player.name}: long")
                continue
            ask = partial(engine.rerank, asked, plain)
            try:
                found = await self._retrying.ask(self._roster, "rerank", player, purpose, sent, ask)
                return replace(found, missed=tuple(missed))
            except ModelFault as fault:
                missed.append(f"{player.name}: {fault.kind}")
            except Unavailable as error:
                missed.append(f"{player.name}: {error.code}")
        embedded = await asyncio.to_thread(self._reranked, query, passages)
        return replace(embedded, missed=tuple(missed))

    def _reranked(self, query: str, passages: Sequence[Passage]) -> Reranked:
        engine = EmbeddedReranker(self._embedder())
        scores = tuple(map(float, engine.rerank(query, passages)))
        return Reranked(scores, engine.name, is_embedded=True)


def _key(player: Player, text: str, role: TextRole) -> str:
    model = player.model
    return digest(done="embed", model=model.model, extra=model.extra, text=text, role=role)
