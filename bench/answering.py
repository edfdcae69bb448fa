"""How well the cases of shop packs are answered, and what each way of searching is worth.

    python -m bench.answering PACK...

imports each pack into a throw-away house once, plays its cases with entries ordered by bigrams, by
vectors and by both, each calibrated for itself, and prints a table. Times are CPU milliseconds of a
whole turn (a vector is computed in each).
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import get_args

from zhanggui import rooms
from zhanggui.knowledge import Way
from zhanggui.service.evaluation import CEILINGS, Evaluation, stand


async def measure(pack: Path) -> dict[Way, Evaluation]:
    """Every way's evaluation of a pack."""
    found: dict[Way, Evaluation] = {}
    async with stand(pack) as ready:
        for way in get_args(Way):
            found[way], _ = await ready.play(way)
    return found


def row(pack: str, way: str, evaluation: Evaluation) -> str:
    """One line of the table."""
    curve = " | ".join(f"{point.resolved:.1%}" for point in evaluation.curve)
    return (
        f"| {pack} | {way} | {evaluation.resolved_common:.1%} | {evaluation.wrong:.1%} | {curve}"
        f" | {evaluation.p50_ms} | {evaluation.p95_ms} |"
    )


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="+", type=Path)
    rooms.load_tools()
    ceilings = " | ".join(f"at {ceiling:.0%} wrong" for ceiling in CEILINGS)
    print(f"| pack | way | resolved | wrong | {ceilings} | p50 ms | p95 ms |")
    print("|---|---|" + "---:|" * (4 + len(CEILINGS)))
    for pack in parser.parse_args().packs:
        for way, evaluation in asyncio.run(measure(pack)).items():
            print(row(evaluation.pack, way, evaluation), flush=True)


if __name__ == "__main__":
    main()
