"""Files of a product's folder, written beside the loop."""

from __future__ import annotations

import asyncio
from pathlib import Path


async def write(path: Path, data: bytes) -> None:
    """Write a file, making its folders."""

    def write_it() -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    await asyncio.to_thread(write_it)
