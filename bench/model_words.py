"""What a language model's words do to a shop's answers: none, one that writes well, one badly.

    python -m bench.model_words [PACK...]

plays the cases of shop packs through the seam (masked, held against its form, mended once) and the
checks of a wording: with no model, with one that words drafts well from the evidence in its prompt,
and with one that lies, leaks, obeys what it reads, stalls and breaks off. Prints one JSON object.
Exits with 1 where a bad model makes more wrong answers than none.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from bench._packs import judged
from bench._writers import Bad, Good
from zhanggui import rooms
from zhanggui.ai import Language, Purpose, Speak
from zhanggui.ai.configuration import Configuration
from zhanggui.ai.roster import Asked, Roster, Sent
from zhanggui.base import logs
from zhanggui.base.settings import Settings
from zhanggui.service.evaluation import Evaluation, Outcome, stand
from zhanggui.service.wording import PATIENCE


class _NoLedger:
    """Admits all and keeps nothing."""

    async def admit(self, purpose: Purpose, sent: Sent, *, is_near: bool) -> None: ...

    def forget(self, shop_id: str) -> None: ...

    def enter(self, asked: Asked) -> None: ...

    async def settle(self) -> None: ...


async def _at_once(seconds: float) -> None:
    """Nobody waits between tries."""


def speaker(engine: Good | Bad) -> Speak:
    """Asks a model as a room does."""
    roster = Roster(Configuration(), _NoLedger(), {})
    roster.bring("fast", engine)
    purpose = Purpose("pack", "service", "wording", has_shoppers_words=True)
    language = Language(roster, sleep=_at_once)
    return partial(language.reply, "fast", purpose=purpose, patience_s=PATIENCE)


async def measure(pack: Path) -> dict[str, Any]:
    """The figures of a pack, by who worded."""
    async with stand(pack) as ready:
        plain = _figures(*await ready.play())
        good = _figures(*await ready.play(speak=speaker(Good())))
        bad = _figures(*await ready.play(speak=speaker(Bad())))
    return {"none": plain, "good": good, "bad": bad}


def _figures(evaluation: Evaluation, outcomes: list[Outcome]) -> dict[str, Any]:
    by = Counter(outcome.worded_by for outcome in outcomes)
    return {
        "cases": evaluation.cases,
        "resolved_common": evaluation.resolved_common,
        "wrong": evaluation.wrong,
        "worded_by": dict(sorted(by.items())),
    }


def main() -> None:
    """Measure the packs named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packs", nargs="*", type=Path, help="all that there are when none is named")
    given = parser.parse_args()
    rooms.load_tools()
    logs.configure(Settings().model_copy(update={"log_level": "error"}))
    found = {pack.name: asyncio.run(measure(pack)) for pack in given.packs or judged()}
    print(json.dumps(found, ensure_ascii=False))
    worse = [name for name, by in found.items() if by["bad"]["wrong"] > by["none"]["wrong"]]
    for name in worse:
        print(f"{name}: a bad model makes more wrong answers than none", file=sys.stderr)
    sys.exit(1 if worse else 0)


if __name__ == "__main__":
    main()
