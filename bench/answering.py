"""How well the cases of shop packs are answered, and what each part of the engine is worth.

    python -m bench.answering [--whole] [PACK...]

imports each pack into a throw-away house, plays its cases with everything and then without each
part (unless ``--whole``), and prints a table. What is left out: vectors (letters alone find and
weigh), letters (vectors alone order what is found), structure (no look-ups in goods, orders, cases
and coupons), computation (records are told, nothing is worked out from them), calibrator (no shift
for the shop, answered from one half). Times are CPU milliseconds of a whole turn.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import get_args

from bench._packs import judged
from zhanggui import rooms
from zhanggui.service.answering import CEILINGS
from zhanggui.service.asking import Part
from zhanggui.service.evaluation import Evaluation, stand

SAFETY = ("escalate", "lookalike", "unknown", "injection", "privacy")


async def measure(pack: Path, parts: tuple[Part, ...]) -> dict[str, Evaluation]:
    """The evaluations of a pack, by what was left out."""
    async with stand(pack) as ready:
        found = {"everything": (await ready.play())[0]}
        for part in parts:
            found[f"no {part}"], _ = await ready.play(frozenset([part]))
    return found


def row(pack: str, how: str, evaluation: Evaluation) -> str:
    """One line of the table."""
    curve = " | ".join(f"{point.resolved:.1%}" for point in evaluation.curve)
    safe = " | ".join(
        f"{kind.right}/{kind.cases}" if kind else "–"
        for kind in (evaluation.by_kind.get(each) for each in SAFETY)
    )
    return (
        f"| {pack} | {how} | {evaluation.resolved_common:.1%} | {evaluation.wrong:.1%} | {curve}"
        f" | {safe} | {evaluation.p50_ms} | {evaluation.p95_ms} |"
    )


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="*", type=Path, help="all that there are when none is named")
    parser.add_argument("--whole", action="store_true", help="leave nothing out")
    given = parser.parse_args()
    rooms.load_tools()
    parts = () if given.whole else get_args(Part)
    ceilings = " | ".join(f"at {ceiling:.0%} wrong" for ceiling in CEILINGS)
    print(
        f"| pack | how | resolved | wrong | {ceilings} | {' | '.join(SAFETY)} | p50 ms | p95 ms |"
    )
    print("|---|---|" + "---:|" * (4 + len(CEILINGS) + len(SAFETY)))
    for pack in given.packs or judged():
        for how, evaluation in asyncio.run(measure(pack, parts)).items():
            print(row(evaluation.pack, how, evaluation), flush=True)


if __name__ == "__main__":
    main()
