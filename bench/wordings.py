"""How often a decision changes when only the wording does.

    python -m bench.wordings [--questions 2000] [PACK...]

Each question of the packs' cases is asked as it is and once more for one kind of change, taken in
turn; a question that a change cannot touch is asked with the next kind. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections import Counter
from pathlib import Path
from random import Random

from bench._mutator import MUTATIONS
from bench._packs import judged
from zhanggui import rooms
from zhanggui.base import clock
from zhanggui.service.asking import gather
from zhanggui.service.calibration import calibrations
from zhanggui.service.context import Asked, Turn
from zhanggui.service.evaluation import Stand, stand

SEED = 7
Counts = dict[str, Counter[str]]


async def measure(pack: Path, most: int, counts: Counts) -> None:
    """Ask the questions of a pack, at most `most` changed ones."""
    chance = Random(SEED)
    names = list(MUTATIONS)
    asked = 0
    async with stand(pack) as ready:
        with clock.at(ready.now):
            for place, case in enumerate(ready.cases * 5):
                if asked >= most:
                    break
                turns = [
                    Turn("shopper" if t.role == "shopper" else "shop", t.text)
                    for t in case.turns[:-1]
                ]
                text = case.turns[-1].text
                for offset in range(len(names)):
                    name = names[(place + place // len(ready.cases) + offset) % len(names)]
                    changed = MUTATIONS[name](text, chance)
                    if changed != text:
                        break
                else:
                    continue
                before = await _decide(
                    ready, Asked(text, case.buyer, case.order_id, case.product_id, turns)
                )
                after = await _decide(
                    ready, Asked(changed, case.buyer, case.order_id, case.product_id, turns)
                )
                counts[name]["asked"] += 1
                counts[name]["decision"] += before[0] != after[0]
                counts[name]["reply"] += before != after
                asked += 1


async def _decide(ready: Stand, asked: Asked) -> tuple[str, str]:
    shift = await calibrations(ready.runtime).current("pack", ready.index)
    async with ready.runtime.db.reading("pack") as session:
        decision = (await gather(session, "pack", ready.index, asked, shift=shift)).decide()
    return decision.decision, decision.reply


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="*", type=Path, help="all that there are when none is named")
    parser.add_argument("--questions", type=int, default=2000)
    given = parser.parse_args()
    rooms.load_tools()
    packs = given.packs or judged()
    counts: Counts = {name: Counter() for name in MUTATIONS}
    for pack in packs:
        asyncio.run(measure(pack, given.questions // len(packs), counts))
    total: Counter[str] = sum(counts.values(), Counter())
    print(
        json.dumps(
            {
                "seed": SEED,
                "packs": [pack.name for pack in packs],
                "asked": total["asked"],
                "decision_changed": round(total["decision"] / max(total["asked"], 1), 4),
                "reply_changed": round(total["reply"] / max(total["asked"], 1), 4),
                "by_change": {
                    name: {
                        "asked": c["asked"],
                        "decision_changed": round(c["decision"] / max(c["asked"], 1), 4),
                    }
                    for name, c in counts.items()
                },
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
