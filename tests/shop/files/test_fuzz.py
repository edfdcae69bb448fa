"""A short run of the fuzzer (``python -m bench.fuzz_files`` is the long one)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench.fuzz_files import check, sample


@pytest.mark.parametrize("seed", range(0, 400, 20))
def test_broken_files_never_raise(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "file.csv"
    for number in range(seed, seed + 20):
        rng = random.Random(number)
        path.write_bytes(sample(rng))
        check(rng, path)
