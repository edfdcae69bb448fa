"""What the checker finds in sentences that merchants write, and what it takes for a claim wrongly.

    python -m bench.compliance [FILE.jsonl...] [--show]

`bench/compliance/written.jsonl` was written before its author had seen the rules at work, but not
before any was read; `later.jsonl` while they were being written, without a look at their results;
`exam.jsonl` by one who has seen neither rules nor other sentences; `growing.jsonl` may be worked
on. Each is half unlawful and half lawful look-alikes, in the format of the shop packs. An unlawful
sentence is found where a finding overlaps a given span; a lawful one with any finding is a false
alarm. Beside it stands a plain list of words, as merchants pass them around, looked for in the text
as it was written. Every sentence is checked with its trade, clock and prices, in one process; the
CPU time is that of the checks, the first one apart. `--show` lists what went wrong. Prints a
table and one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from zhanggui import rules

FOLDER = Path(__file__).with_name("compliance")
BARS = {"recall": 0.90, "false_alarms": 0.05}
_Row = dict[str, Any]
_Found = list[tuple[int, int, str, str]]
"""Findings as start, end, kind and law."""


@dataclass
class Tally:
    """What became of the sentences of one kind, or of all. Kind and law are counted among the spans
    that were found; a law is right with its statute and article."""

    unlawful: int = 0
    found: int = 0
    spans: int = 0
    spans_found: int = 0
    kind_right: int = 0
    law_right: int = 0
    lawful: int = 0
    alarms: int = 0
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Shares of the counts; NaN where there is nothing to count."""
        return {
            "unlawful": self.unlawful,
            "recall": _share(self.found, self.unlawful),
            "spans": self.spans,
            "span_recall": _share(self.spans_found, self.spans),
            "kind_right": _share(self.kind_right, self.spans_found),
            "law_right": _share(self.law_right, self.spans_found),
            "lawful": self.lawful,
            "false_alarms": _share(self.alarms, self.lawful),
        }


def main() -> int:
    """Check every sentence, print; fails above no bar but says where each is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(FOLDER.glob("*.jsonl")))
    parser.add_argument("--show", action="store_true", help="list what went wrong")
    given = parser.parse_args()
    words = (FOLDER / "words.txt").read_text("utf-8").split()
    result: dict[str, Any] = {}
    for path in given.files:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        seconds: list[float] = []
        tallies = _measured(rows, partial(_checked, seconds=seconds))
        plain = _measured(rows, lambda row: _listed(row["text"], words))
        result[path.stem] = {
            "sentences": len(rows),
            "trades": len({row["trade"] for row in rows}),
            "rules": {kind: tally.figures() for kind, tally in tallies.items()},
            "word_list": {kind: tally.figures() for kind, tally in plain.items()},
            "cpu_ms": _cpu(seconds),
        }
        _say(path.stem, result[path.stem])
        if given.show:
            print("\n".join(tallies["all"].wrong), file=sys.stderr)
    print(json.dumps({**result, "bars": BARS}, ensure_ascii=False))
    return 0


def _measured(rows: Sequence[_Row], check: Callable[[_Row], _Found]) -> dict[str, Tally]:
    """Tallies by the kind a sentence was written for, and for all."""
    tallies = {"all": Tally()}
    for row in rows:
        written_for = row["id"].split("-")[1]
        found = check(row)
        for tally in (tallies["all"], tallies.setdefault(written_for, Tally())):
            _count(tally, row, found)
    return tallies


def _count(tally: Tally, row: _Row, found: _Found) -> None:
    if row["ok"]:
        tally.lawful += 1
        tally.alarms += bool(found)
        if found:
            said = ", ".join(f"{row['text'][a:b]} ({kind})" for a, b, kind, _ in found)
            tally.wrong.append(f"alarm  {row['id']}  {row['text']}  ← {said}")
        return
    hits = [_overlapping(row["text"], each["span"], found) for each in row["findings"]]
    tally.unlawful += 1
    tally.found += any(hits)
    tally.spans += len(hits)
    for given, hit in zip(row["findings"], hits, strict=True):
        tally.spans_found += bool(hit)
        tally.kind_right += any(kind == given["kind"] for _, _, kind, _ in hit)
        tally.law_right += any(law == given["law"] for *_, law in hit)
        if not hit:
            tally.wrong.append(f"missed {row['id']}  {row['text']}  → {given['span']}")


def _overlapping(text: str, span: str, found: _Found) -> _Found:
    start = text.index(span)
    return [each for each in found if each[0] < start + len(span) and start < each[1]]


def _checked(row: _Row, seconds: list[float]) -> _Found:
    now = datetime.fromisoformat(row["now"]) if "now" in row else None
    prices = [rules.Price.model_validate(each) for each in row["prices"]] if now else None
    before = time.process_time()
    report = rules.check(row["text"], trade=row["trade"], now=now, prices=prices)
    seconds.append(time.process_time() - before)
    return [(each.start, each.end, each.kind, each.law) for each in report.findings]


def _listed(text: str, words: Sequence[str]) -> _Found:
    """The baseline: every listed word is a claim of no particular kind."""
    lowered = text.lower()
    return [
        (start, start + len(word), "", "")
        for word in words
        for start in range(len(text))
        if lowered.startswith(word, start)
    ]


def _cpu(seconds: Sequence[float]) -> dict[str, float]:
    after = np.array(seconds[1:]) * 1000
    return {
        "first": round(seconds[0] * 1000, 1),
        "mean": round(float(after.mean()), 2),
        "p95": round(float(np.percentile(after, 95)), 2),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else float("nan")


def _say(name: str, measured: dict[str, Any]) -> None:
    every, plain = measured["rules"], measured["word_list"]
    cpu = measured["cpu_ms"]
    print(
        f"\n{name}: {measured['sentences']} sentences, {measured['trades']} trades; "
        f"{cpu['mean']} ms of CPU each (p95 {cpu['p95']}, the first {cpu['first']})\n"
        f"{'kind':<16}{'unlawful':>9}{'recall':>8}{'spans':>8}{'kind':>7}{'law':>7}"
        f"{'lawful':>8}{'alarms':>8}   word list: recall, alarms",
        file=sys.stderr,
    )
    for kind, figures in every.items():
        beside = plain[kind]
        print(
            f"{kind:<16}{figures['unlawful']:>9}{figures['recall']:>8.0%}"
            f"{figures['span_recall']:>8.0%}{figures['kind_right']:>7.0%}"
            f"{figures['law_right']:>7.0%}{figures['lawful']:>8}{figures['false_alarms']:>8.1%}"
            f"{beside['recall']:>17.0%}{beside['false_alarms']:>10.0%}",
            file=sys.stderr,
        )
    whole = every["all"]
    verdict = ", ".join(_short(whole)) or "both bars held"
    print(
        f"recall {whole['recall']:.1%} (bar {BARS['recall']:.0%}), false alarms "
        f"{whole['false_alarms']:.1%} (bar {BARS['false_alarms']:.0%}): {verdict}",
        file=sys.stderr,
    )


def _short(figures: dict[str, float]) -> list[str]:
    missed = []
    if figures["recall"] < BARS["recall"]:
        missed.append("recall short of its bar")
    if figures["false_alarms"] > BARS["false_alarms"]:
        missed.append("too many false alarms")
    return missed


if __name__ == "__main__":
    sys.exit(main())
