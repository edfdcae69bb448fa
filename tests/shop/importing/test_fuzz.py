"""A short run of the fuzzer on both engines (``python -m bench.fuzz_imports`` is the long one)."""

from __future__ import annotations

import random

import pytest

from bench.fuzz_imports import check


@pytest.mark.db
@pytest.mark.parametrize("seed", range(0, 20, 5))
async def test_broken_files_never_break_an_import(runtime, engine, seed):
    for number in range(seed, seed + 5):
        await check(runtime, random.Random(number), f"fuzz-{number}")
