"""Write which neighbouring characters shops' language has, for :mod:`zhanggui.knowledge.spelling`.

    python -m training.pairs > src/zhanggui/knowledge/pairs.txt

A line a count (log 2, rounded), then the pairs met so often; only pairs that at least two shops
have, so that no shop's goods are among them.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.examples import lines, rows
from zhanggui.base.chinese import standard

PACKS = [Path("training/packs"), Path("bench/packs")]
KEPT_OUT = {"maoqiu"}
_RUN = re.compile("[\u4e00-\u9fff]+")
_CLAUSE = re.compile(r"^\d+\. (.+)$", re.M)


def texts() -> Iterator[tuple[str, str]]:
    """Every text of every pack but those kept out, with its pack's name."""
    for pack in sorted(each for root in PACKS for each in root.iterdir() if each.is_dir()):
        if pack.name in KEPT_OUT:
            continue
        for name in ("cases", "easy", "asks"):
            path = pack / f"{name}.jsonl"
            for line in lines(path) if path.exists() else ():
                for turn in line.get("turns", [line]):
                    yield pack.name, turn["text"]
        for row in rows(pack / "faq.csv"):
            yield from ((pack.name, text) for text in row.values())
        for row in rows(pack / "coupons.csv"):
            yield pack.name, f"{row['name']} {row['rule']}"
        for row in rows(pack / "products.csv"):
            yield pack.name, row["title"]
            for name, value in json.loads(row["attributes"]).items():
                yield pack.name, f"{name} {value}"
        for path in (pack / "policies").glob("*.md"):
            yield from ((pack.name, each) for each in _CLAUSE.findall(path.read_text("utf-8")))


def main() -> None:
    """As the module says."""
    counts: Counter[str] = Counter()
    packs: defaultdict[str, set[str]] = defaultdict(set)
    for pack, text in texts():
        for run in _RUN.findall(standard(text)):
            for pair in (run[i : i + 2] for i in range(len(run) - 1)):
                counts[pair] += 1
                packs[pair].add(pack)
    by_size: defaultdict[int, list[str]] = defaultdict(list)
    for pair, count in counts.items():
        if len(packs[pair]) > 1:
            by_size[round(math.log2(count))].append(pair)
    for size, found in sorted(by_size.items()):
        print(size, "".join(sorted(found)))


if __name__ == "__main__":
    main()
