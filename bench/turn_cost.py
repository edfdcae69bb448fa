"""What a turn costs with a thousand answered questions and with a hundred thousand.

    python -m bench.turn_cost [ROWS ...]

A shop is filled with as many FAQ rows as asked (1,000 and 100,000), their words put together from
the pack's own; questions are the pack's cases. Above 2,000 rows their vectors are random, since
computing them takes half an hour and what a turn costs does not depend on them; the question's own
is computed. Prints one JSON object with CPU milliseconds of a turn, and of embedding a question
alone, by which machines can be compared.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path
from random import Random

import numpy as np

from zhanggui import rooms
from zhanggui.ai import Engines, VectorStore
from zhanggui.base import clock
from zhanggui.knowledge import Entry, Retriever, ShopIndex
from zhanggui.knowledge.retrieval import facts_of, wordings_of
from zhanggui.service.asking import gather
from zhanggui.service.context import Asked, Turn
from zhanggui.service.evaluation import Stand, stand

SEED = 11
PACK = Path(__file__).with_name("packs") / "muge"
TURNS = 200


def fill(ready: Stand, rows: int, folder: Path) -> ShopIndex:
    """The pack's index with FAQ rows added until there are `rows`."""
    chance = Random(SEED)
    entries = list(ready.index.retriever.entries)
    texts = [entry.text for entry in entries if entry.kind == "faq"]
    asked = [q for entry in entries for q in entry.questions]
    for number in range(rows - len(texts)):
        one, other = chance.sample(asked, 2)
        text = chance.choice(texts)
        half = len(one) // 2
        question = f"{one[:half]}{other[len(other) // 2 :]}{number % 97}"
        entries.append(Entry(f"faq:X{number}", "faq", text[: 40 + number % 60], (question,)))
    embedder = ready.runtime.services[Engines].embedder()
    if embedder is None:
        raise SystemExit("the embedder does not load here")
    store = VectorStore(folder, embedder)
    wanted = [(w.embedded, w.role) for w in wordings_of(entries)]
    wanted += [(fact, "passage") for fact in facts_of(entries)]
    if rows <= 2_000:
        store.fill(wanted)
    else:
        _, known = store.get(wanted)
        missing = [each for each, there in zip(wanted, known, strict=True) if not there]
        rows_ = np.random.default_rng(SEED).standard_normal((len(missing), embedder.dim))
        store.put(
            missing, (rows_ / np.linalg.norm(rows_, axis=1, keepdims=True)).astype(np.float32)
        )
    return ShopIndex(ready.index.mark, Retriever(entries, store), True)


async def measure(rows: int) -> dict[str, float]:
    """Percentiles of a turn's CPU time at `rows` FAQ rows."""
    async with stand(PACK) as ready:
        folder = ready.runtime.settings.data / "bench"
        started = time.process_time()
        index = await asyncio.to_thread(fill, ready, rows, folder)
        built = time.process_time() - started
        spent = []
        embedding = time.process_time()
        for case in ready.cases[:TURNS]:
            index.retriever.embed(case.turns[-1].text)
        embedding = (time.process_time() - embedding) * 1000 / TURNS
        with clock.at(ready.now):
            for case in ready.cases[:TURNS]:
                turns = [
                    Turn("shopper" if t.role == "shopper" else "shop", t.text)
                    for t in case.turns[:-1]
                ]
                asked = Asked(
                    case.turns[-1].text, case.buyer, case.order_id, case.product_id, turns
                )
                started = time.process_time()
                async with ready.runtime.db.reading("pack") as session:
                    (await gather(session, "pack", index, asked)).decide()
                spent.append((time.process_time() - started) * 1000)
    return {
        "rows": rows,
        "turns": len(spent),
        "p50_ms": round(float(np.percentile(spent, 50)), 1),
        "p95_ms": round(float(np.percentile(spent, 95)), 1),
        "embedding_ms": round(embedding, 1),
        "build_s": round(built, 1),
    }


def main() -> None:
    """Measure the sizes named on the command line."""
    rooms.load_tools()
    sizes = [int(each) for each in sys.argv[1:]] or [1_000, 100_000]
    print(json.dumps({"seed": SEED, "sizes": [asyncio.run(measure(each)) for each in sizes]}))


if __name__ == "__main__":
    main()
