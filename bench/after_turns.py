"""What another matter before a question costs: the one-turn questions about answers and policies
of shop packs, asked alone and after a turn about something else.

    python -m bench.after_turns [PACK...]

prints one JSON object: for each pack the questions, the share resolved alone and after a turn (the
turn is another case's of the pack, by seed), and the shares of wrong answers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path
from random import Random

from bench._packs import judged
from zhanggui import rooms
from zhanggui.service.evaluation import Evaluation, stand
from zhanggui.service.scoring import Case, CaseTurn

SEED = 5
_ASKED = ("faq", "policy")
_BEFORE = (*_ASKED, "product", "coupon")
_TOLD = "好的，已经告诉您了。"


def after(case: Case, others: list[Case], chance: Random) -> Case:
    """A case with a turn before it that rests on other records."""
    about = set(case.expect.sources)
    other = chance.choice([each for each in others if not about & set(each.expect.sources)])
    before = [
        CaseTurn(role="shopper", text=other.turns[0].text),
        CaseTurn(role="shop", text=_TOLD),
    ]
    return case.model_copy(update={"turns": [*before, *case.turns]})


async def measure(pack: Path) -> dict[str, object]:
    """The figures of a pack."""
    chance = Random(SEED)
    async with stand(pack) as ready:
        single = [case for case in ready.cases if len(case.turns) == 1]
        others = [case for case in single if case.kind in _BEFORE]
        ready.cases = [case for case in single if case.kind in _ASKED]
        alone, _ = await ready.play()
        ready.cases = [after(case, others, chance) for case in ready.cases]
        later, _ = await ready.play()
    return {"questions": alone.cases, "alone": _figures(alone), "after a turn": _figures(later)}


def _figures(found: Evaluation) -> dict[str, float]:
    return {"resolved": found.resolved_common, "wrong": found.wrong, "p50_ms": found.p50_ms}


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="*", type=Path, help="all that there are when none is named")
    given = parser.parse_args()
    rooms.load_tools()
    found = {pack.name: asyncio.run(measure(pack)) for pack in given.packs or judged()}
    print(json.dumps({"seed": SEED, "packs": found}, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
