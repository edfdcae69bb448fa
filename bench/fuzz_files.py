"""A fuzzer on every importer: whatever bytes a file holds, reading it ends in records and reported
problems, never in an exception.

    python -m bench.fuzz_files [--seed N] [--iterations N] [--seconds S]

Each iteration takes a sample of a kind in one of its forms, breaks it in one to four ways (cells,
bytes, encoding, truncation, container) and reads it whole, in two passes with a resumption between.
A failure prints its seed; ``--seed N --iterations 1`` repeats it. Prints ``{files, failures, seed,
slowest_cpu_s, slowest_seed, seen}``; fails if there was a failure.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.shop.files import samples
from zhanggui.shop.files import Checkpoint, Mapping, Source, discover

NASTY_CELLS = (
    *("", " ", "\u3000", "=A1+B1", '="', '="123"', "'", '"', "4.09912E+18", "1e999", "-1", "nan"),
    *("∞", "９９", "0", "99999999999999999999999", "46093.5", "0000-00-00 00:00:00", "2026-02-30"),
    *("9999-12-31 23:59:59", "0001-01-01", "\0", "\ufeff", "\r", "\n", "a\r\nb", ",", "\t", "｜"),
    *(
        "合计",
        "订单编号",
        "张**",
        "{",
        '{"a": ' + "[" * 2000,
        "x" * 70_000,
        "<td>",
        "#REF!",
        "㊙",
        "𠮷",
    ),
    *("00:00", "24:00:00", "2026年", "%", "1%", "--", "1:2:3:4;5", "１２:００", "٣", "²", "1_000"),
)
Break = Callable[[random.Random, bytes], bytes]


def cut(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def behead(rng: random.Random, data: bytes) -> bytes:
    return data[rng.randrange(min(len(data), 64) + 1) :]


def flip(rng: random.Random, data: bytes) -> bytes:
    found = bytearray(data)
    for _ in range(rng.randrange(1, 20)):
        if found:
            found[rng.randrange(len(found))] = rng.randrange(256)
    return bytes(found)


def insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data) + 1)
    piece = rng.choice([b'"', b"\0" * 9, b"\xff\xfe", b"\r", b"\n\n", b",", b"\x81", b"PK\x03\x04"])
    return data[:at] + piece * rng.randrange(1, 4) + data[at:]


def repeat(rng: random.Random, data: bytes) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:b] + data[a:b][:200_000] + data[b:]


def drop(rng: random.Random, data: bytes) -> bytes:
    a, b = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:a] + data[min(b, a + 500) :]


def zipped(rng: random.Random, data: bytes) -> bytes:
    return samples.as_zip({rng.choice(["a.csv", "../x", "目录/b.xlsx", "shop.json", "a\\b"]): data})


BREAKS: tuple[Break, ...] = (cut, behead, flip, flip, insert, repeat, drop, zipped)


def broken_rows(rng: random.Random, rows: samples.Rows) -> samples.Rows:
    """The table with a few cells, rows or columns out of order."""
    rows = [list(row) for row in rows]
    for _ in range(rng.randrange(6)):
        row = rng.choice(rows)
        way = rng.randrange(6)
        if way <= 2 and row:
            row[rng.randrange(len(row))] = rng.choice(NASTY_CELLS)
        elif way == 3:
            row.insert(rng.randrange(len(row) + 1), rng.choice(NASTY_CELLS))
        elif way == 4 and row:
            del row[rng.randrange(len(row))]
        else:
            rows.insert(rng.randrange(len(rows) + 1), list(rng.choice(rows)))
    return rows


def sample(rng: random.Random) -> bytes:
    """One file of some kind, broken in some ways."""
    if rng.random() < 0.08:
        data = rng.choice(DOCUMENTS)
        if rng.random() < 0.5:
            data = data.decode().encode(rng.choice(["gb18030", "utf-16", "utf-16-le"]))
    else:
        rows = broken_rows(rng, samples.TABLES[rng.choice(list(samples.TABLES))](rng))
        forms = list(samples.FORMS.values())
        try:
            data = rng.choice(forms)(rows)
        except Exception:  # The sample's writer, which is not on trial, refuses such a cell.
            data = samples.as_csv(rows, "utf-8")
    for _ in range(rng.randrange(4)):
        data = rng.choice(BREAKS)(rng, data)
    return data


DOCUMENTS = (
    samples.chat_text().encode(),
    '{"id": "s", "name": "店", "promises": ["a", 1, null]}'.encode(),
    "---\nid: a\ntitle: 退货\neffective: 2026-13-01\n---\n1. 七天。\n2. 例外。\n".encode(),
    (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
        "<Worksheet><Table><Row><Cell><Data>问题</Data></Cell><Cell><Data>答案</Data></Cell></Row>"
        "<Row><Cell><Data>多久发货</Data></Cell><Cell ss:Index='2'><Data>当天</Data></Cell></Row>"
        "</Table></Worksheet></Workbook>"
    ).encode(),
    "<table><tr><td rowspan=3 colspan=2>问题<td>答案</tr><tr><td>a</tr></table>".encode(),
)


def check(rng: random.Random, path: Path) -> Counter[str]:
    """Read what lies at `path` in every way the importer does; raises whatever goes wrong."""
    seen: Counter[str] = Counter()
    for source in discover(path):
        seen[source.kind] += 1
        source.preview()
        _ = source.exported_at, source.header_row, source.size
        last = _read(source, None, seen)
        if last is not None:
            _read(source, Checkpoint.from_json(json.loads(json.dumps(last.to_json()))), Counter())
        if source.mapping is not None and source.mapping.columns:
            mapping = Mapping.from_json(json.loads(json.dumps(source.mapping.to_json())))
            column = rng.choice(mapping.columns).index
            field = rng.choice([c.field for c in mapping.columns])
            _read(source.remap(mapping.assign(column, field)), None, Counter())
    return seen


def _read(source: Source, start: Checkpoint | None, seen: Counter[str]) -> Checkpoint | None:
    last = None
    for batch in source.records(start):
        if batch.read != batch.accepted + batch.rejected:
            raise AssertionError(f"{batch.read} rows are not {batch.accepted} + {batch.rejected}")
        refused = sum(1 for problem in batch.problems if problem.refused)
        seen["rows refused"] += refused
        seen["records"] += len(batch.records)
        for problem in batch.problems:
            if not (problem.reason.zh and problem.reason.en):
                raise AssertionError(f"a problem without words: {problem}")
        last = batch.checkpoint
    return last


def run(seed: int, iterations: int, seconds: float) -> int:
    """Fuzz; returns the number of failures."""
    faulthandler.enable()
    seen: Counter[str] = Counter()
    failures = done = 0
    slowest = (0.0, seed)
    deadline = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        while done < iterations and time.monotonic() < deadline:
            rng = random.Random(seed + done)
            path.write_bytes(sample(rng))
            began = time.process_time()
            try:
                seen += check(rng, path)
            except BaseException as error:
                if isinstance(error, KeyboardInterrupt):
                    raise
                failures += 1
                print(f"--- seed {seed + done}: {type(error).__name__}", file=sys.stderr)
                traceback.print_exc()
            slowest = max(slowest, (time.process_time() - began, seed + done))
            done += 1
    figures = {
        "files": done,
        "failures": failures,
        "seed": seed,
        "slowest_cpu_s": round(slowest[0], 3),
        "slowest_seed": slowest[1],
        "seen": dict(sorted(seen.items())),
    }
    print(json.dumps(figures, ensure_ascii=False))
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--iterations", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    sys.exit(1 if run(options.seed, options.iterations, options.seconds) else 0)


if __name__ == "__main__":
    main()
