"""A fuzzer on the whole import: whatever files arrive, staging and loading them into a database
ends in rows and reported problems or in an error of the house's vocabulary, never in a crash, and
doing it again adds nothing.

    python -m bench.fuzz_imports [--seed N] [--iterations N] [--seconds S]

Each iteration takes one to three broken files (:mod:`bench.fuzz_files`), stages them under odd
names, loads them into a fresh shop, twice, and takes both imports back. Prints ``{imports,
failures, seed, refused, rows}``; fails if there was a failure.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.fuzz_files import sample
from zhanggui import rooms
from zhanggui.base import schema
from zhanggui.base.db import Database
from zhanggui.base.errors import ZhangguiError
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.shop import counting
from zhanggui.shop.files import Mapping
from zhanggui.shop.importing import imports, loading, sinks, undoing
from zhanggui.shop.importing.models import ImportUndoRow
from zhanggui.shop.opening import open_shop

NAMES = (
    "a.csv",
    "订单.xlsx",
    "../x",
    "shop.json",
    "orders.csv",
    "b\x00.csv",
    "\udcff.zip",
    "d/e.md",
)


_UNDO = ImportUndoRow.__tablename__


async def bring(runtime: Runtime, shop_id: str, files: list[tuple[str, bytes]]) -> tuple[str, int]:
    """Stage and load files; the import's id and how many rows went in."""
    import_id, staging = imports.new_import(runtime, shop_id)

    async def one(data: bytes) -> AsyncIterator[bytes]:
        yield data

    for name, data in files:
        await staging.add_stream(name, one(data))
    row = await imports.stage(runtime, shop_id, staging, import_id)
    async with runtime.db.reading(shop_id) as session:
        waiting = await imports.files(session, shop_id, row.id)
    sources = await staging.sources()
    accepted = 0
    for file in waiting:
        source = sources[file.number]
        if file.mapping is not None:
            source = source.remap(Mapping.from_json(file.mapping))
        folder = staging.folder_of(source)
        await loading.load(runtime, shop_id, row.id, file.number, source, folder)
    async with runtime.db.reading(shop_id) as session:
        for file in await imports.files(session, shop_id, row.id):
            if not file.done:
                raise AssertionError(f"{file.path} was not read to its end")
            accepted += file.accepted
    await staging.remove()
    return row.id, accepted


async def check(runtime: Runtime, rng: random.Random, shop_id: str) -> Counter[str]:
    """One iteration in a shop of its own."""
    await open_shop(runtime, shop_id, "店")
    files = [(rng.choice(NAMES), sample(rng)) for _ in range(rng.randrange(1, 4))]
    try:
        first, rows = await bring(runtime, shop_id, files)
    except ZhangguiError as error:
        str(error.what)
        return Counter(refused=1)
    counts = await _counts(runtime.db, shop_id)
    second, _ = await bring(runtime, shop_id, files)
    again = await _counts(runtime.db, shop_id)
    # Two files without times that contradict each other take turns, and end as they did.
    again[_UNDO] = counts[_UNDO]
    if again != counts:
        raise AssertionError(f"the same files again made {again} of {counts}")
    tables: list[type[Any]] = [table for sink in sinks.registered() for table in sink.tables]
    for import_id in rng.sample([first, second], 2):
        await undoing.undo(runtime.db, shop_id, import_id, tables)
    left = await _counts(runtime.db, shop_id)
    if any(left.values()):
        raise AssertionError(f"undone, but there is {left}")
    return Counter(rows=rows)


async def _counts(db: Database, shop_id: str) -> dict[str, Any]:
    tables: list[type[Any]] = [table for sink in sinks.registered() for table in sink.tables]
    async with db.reading(shop_id) as session:
        found: dict[str, Any] = (await counting.count(session, shop_id)).model_dump()
        tables.append(ImportUndoRow)
        for table in tables:
            query = select(func.count()).select_from(table).where(table.shop_id == shop_id)
            found[table.__tablename__] = await session.scalar(query)
    return found


async def run(settings: Settings, seed: int, iterations: int, seconds: float) -> int:
    """Fuzz into the database of `settings`; returns the number of failures."""
    seen: Counter[str] = Counter()
    failures = done = 0
    deadline = time.monotonic() + seconds
    async with opened(settings) as runtime:
        while done < iterations and time.monotonic() < deadline:
            number = seed + done
            try:
                seen += await check(runtime, random.Random(number), f"fuzz-{number}")
            except Exception:
                failures += 1
                print(f"--- seed {number}", file=sys.stderr)
                traceback.print_exc()
            done += 1
    print(json.dumps({"imports": done, "failures": failures, "seed": seed, **seen}))
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--iterations", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=120.0)
    options = parser.parse_args()
    rooms.load_tools()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        schema.upgrade(settings)
        failures = asyncio.run(run(settings, options.seed, options.iterations, options.seconds))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
