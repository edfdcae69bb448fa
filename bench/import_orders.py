"""A large GB18030 ``ExportOrderList`` csv brought in as merchants do it: with ``zhanggui import``.

    python -m bench.import_orders [--rows N] [--seed N] [--no-kill]

Measures the whole process tree by what the operating system has accounted: CPU seconds (user and
system) and the largest sum of resident memory, sampled. Checks that every order is there once and
that the sum paid is to the fen. Then imports the file into a second, fresh house, kills it with
SIGKILL half-way, starts the same command again and checks that the two houses are equal: nothing
lost, nothing twice, not one event more. Prints one JSON object; fails if a check does.
A shared machine's speed may vary by half: `spin_s`, the CPU seconds of a fixed loop, tells.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from bench._samples import write_order_list

COMMAND = Path(sys.executable).with_name("zhanggui")
_SAMPLE_SECONDS = 0.2


def start(data: Path, file: Path) -> subprocess.Popen[bytes]:
    """``zhanggui import FILE --json`` on a data folder."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHANGGUI_")}
    return subprocess.Popen(
        [COMMAND, "import", str(file), "--shop", "bench", "--json"],
        env={**environment, "ZHANGGUI_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def measured(data: Path, file: Path) -> tuple[dict[str, Any], dict[str, float]]:
    """Import to the end: the report, and the tree's CPU seconds, peak memory and wall seconds."""
    before = _children_cpu()
    began = time.perf_counter()
    process = start(data, file)
    peak = 0
    while process.poll() is None:
        peak = max(peak, _resident(process.pid))
        time.sleep(_SAMPLE_SECONDS)
    wall = time.perf_counter() - began
    assert process.stdout is not None
    report = json.loads(process.stdout.read())
    return report, {"cpu_s": _children_cpu() - before, "wall_s": wall, "peak_bytes": peak}


def _resident(pid: int) -> int:
    total = 0
    try:
        tree = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for each in tree:
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _children_cpu() -> float:
    """CPU seconds of every child that has ended, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


def _spin() -> float:
    """CPU seconds of a fixed loop: how fast the machine is just now, to compare figures by."""
    began, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number & 7
    return time.process_time() - began


def kill_half_way(data: Path, file: Path, rows: int) -> int:
    """Import until half of the rows are in, then SIGKILL the tree; returns how many were in."""
    process = start(data, file)
    stored = 0
    while process.poll() is None and stored < rows // 2:
        time.sleep(_SAMPLE_SECONDS)
        stored = _stored(data)
    for each in psutil.Process(process.pid).children(recursive=True):
        each.kill()
    process.kill()
    process.wait()
    return _stored(data)


def _stored(data: Path) -> int:
    try:
        with sqlite3.connect(f"file:{data / 'zhanggui.db'}?mode=ro", uri=True) as connection:
            (found,) = connection.execute("SELECT sum(accepted) FROM import_files").fetchone()
            return int(found or 0)
    except sqlite3.OperationalError:
        return 0


def contents(data: Path) -> dict[str, Any]:
    """What is in a house: the rows of its orders and buyers without what is different each time
    (ids of imports, sealed values), digested, and how many events of each type."""
    orders = (
        "id, buyer_id, buyer_nick, status, status_raw, version_at, paid_fen, total_fen, created_at,"
        " paid_at, delivered_at, carrier, tracking_no, receiver_city, note, titles, quantity"
    )
    state = hashlib.sha256()
    with sqlite3.connect(data / "zhanggui.db") as connection:
        for query in (
            f"SELECT {orders} FROM orders ORDER BY id",
            "SELECT id, nick FROM buyers ORDER BY id",
        ):
            for row in connection.execute(query):
                state.update(repr(row).encode())
        events = dict(
            connection.execute("SELECT type, count(*) FROM events GROUP BY type ORDER BY type")
        )
        (paid,) = connection.execute("SELECT sum(paid_fen) FROM orders").fetchone()
    return {"digest": state.hexdigest(), "events": events, "paid_fen": paid}


def run(rows: int, seed: int, *, kill: bool) -> dict[str, Any]:
    """Measure and check; returns the figures."""
    with tempfile.TemporaryDirectory() as folder:
        file, whole, broken = (Path(folder) / name for name in ("orders.csv", "whole", "broken"))
        paid = write_order_list(file, rows, seed=seed)
        report, figures = measured(whole, file)
        cpu = figures["cpu_s"]
        counts = report["counts"]
        found: dict[str, Any] = {
            "rows": rows,
            "megabytes": round(file.stat().st_size / 1e6, 1),
            "cpu_s": round(cpu, 1),
            "cpu_us_per_row": round(cpu / rows * 1e6, 1),
            "spin_s": round(_spin(), 3),
            "wall_s": round(figures["wall_s"], 1),
            "rows_per_s": round(rows / figures["wall_s"]),
            "peak_mb": round(figures["peak_bytes"] / 1e6, 1),
            "orders": counts["orders"],
            "paid_fen": counts["paid_fen"],
            "right": counts["orders"] == rows and counts["paid_fen"] == paid,
        }
        if kill:
            expected = contents(whole)
            found["killed_at_row"] = kill_half_way(broken, file, rows)
            again, _ = measured(broken, file)
            found["equal_after_kill"] = (
                0 < found["killed_at_row"] < rows
                and contents(broken) == expected
                and again["counts"] == counts
            )
        return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=20260312)
    parser.add_argument("--no-kill", action="store_true")
    options = parser.parse_args()
    found = run(options.rows, options.seed, kill=not options.no_kill)
    print(json.dumps(found))
    passed = found["right"] and found.get("equal_after_kill", True)
    sys.exit(0 if passed else 1)


if __name__ == "__main__":
    main()
