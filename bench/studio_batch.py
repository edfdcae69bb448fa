"""Many products in one batch: killed at random moments, and what it costs.

    python -m bench.studio_batch killed [--skus 50] [--kills 10] [--kinds …]
    python -m bench.studio_batch many   [--skus 100] [--kinds …] [--jobs 1 2]

`killed` makes the products once undisturbed and once with the whole tree of processes killed
(SIGKILL) at random moments, each time begun again by the same command, and compares every file but
the times byte for byte. `many` makes them anew for each number of jobs and reports CPU seconds of
all processes, the largest memory of all together, and wall time. The products are the demo goods,
again and again with other facts and other views, so that no two are alike. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]

GOODS = Path("demo/goods")
BARS = {"many_cpu_seconds": 2400, "many_memory_mb": 3072}


def main() -> int:
    """Run what is asked for; fails when a killed batch ends with other bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("killed", "many"))
    parser.add_argument("--skus", type=int)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--jobs", type=int, nargs="*", default=[os.cpu_count() or 1])
    parser.add_argument("--kinds")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        goods = folder / "goods"
        if given.what == "killed":
            products(goods, given.skus or 50, given.seed)
            kinds = given.kinds or "scene,poster,grid,white,detail,copy"
            said = killed(folder, goods, kinds, given.kills, given.seed)
        else:
            products(goods, given.skus or 100, given.seed)
            said = {
                f"jobs_{jobs}": many(folder / f"out{jobs}", goods, given.kinds, jobs)
                for jobs in given.jobs
            }
    print(json.dumps({"skus": given.skus, **said, "bars": BARS}, indent=2))
    return 0 if said.get("same", True) else 1


def products(goods: Path, count: int, seed: int) -> None:
    """`count` products: each a demo product seen from another side, with facts of its own."""
    chance = random.Random(seed)  # Nothing secret.
    kinds = sorted(each for each in GOODS.iterdir() if (each / "frames").is_dir())
    for number in range(count):
        source = kinds[number % len(kinds)]
        target = goods / f"sku-{number:03d}"
        (target / "frames").mkdir(parents=True)
        frames = sorted((source / "frames").iterdir())
        turn = chance.randrange(len(frames))
        for place, frame in enumerate(frames[turn:] + frames[:turn]):
            os.link(frame.resolve(), target / "frames" / f"{place:03d}{frame.suffix}")
        facts = json.loads((source / "product.json").read_text("utf-8"))
        facts["product_id"] = target.name
        facts["price_fen"] = chance.randrange(990, 99900, 100)
        (target / "product.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def command(goods: Path, out: Path, kinds: str | None, jobs: int) -> list[str]:
    """The command a merchant would give."""
    program = [str(Path(sys.executable).with_name("zhanggui")), "studio", "make", str(goods)]
    return [
        *program,
        "--out",
        str(out),
        "--json",
        "--jobs",
        str(jobs),
        *(["--kinds", kinds] if kinds else []),
    ]


def killed(folder: Path, goods: Path, kinds: str, kills: int, seed: int) -> dict[str, object]:
    """Whether a batch that is killed again and again ends as one that is left alone."""
    jobs = os.cpu_count() or 1
    left, torn = folder / "left", folder / "torn"
    started = time.monotonic()
    subprocess.run(command(goods, left, kinds, jobs), check=True, stdout=subprocess.DEVNULL)
    whole = time.monotonic() - started
    chance = random.Random(seed)
    happened = 0
    for _ in range(kills):
        child = subprocess.Popen(
            command(goods, torn, kinds, jobs), stdout=subprocess.DEVNULL, start_new_session=True
        )
        try:
            child.wait(chance.uniform(0.02, 1.6) * whole / kills)
            break
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            happened += 1
    subprocess.run(command(goods, torn, kinds, jobs), check=True, stdout=subprocess.DEVNULL)
    one, other = bytes_of(left), bytes_of(torn)
    differing = sorted(
        name for name in one.keys() | other.keys() if one.get(name) != other.get(name)
    )
    return {
        "kills": happened,
        "files": len(one),
        "same": not differing,
        "differing": differing[:20],
    }


def bytes_of(out: Path) -> dict[str, str]:
    """The digest of every file but the times."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "timings.json"
    }


def many(out: Path, goods: Path, kinds: str | None, jobs: int) -> dict[str, float]:
    """CPU seconds of all processes, their largest memory together (RSS, MB), and wall seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    child = subprocess.Popen(command(goods, out, kinds, jobs), stdout=subprocess.DEVNULL)
    largest = 0
    tree = psutil.Process(child.pid)
    while child.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            every = [tree, *tree.children(recursive=True)]
            largest = max(largest, sum(each.memory_info().rss for each in every))
        time.sleep(0.5)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if child.returncode:
        raise SystemExit(f"studio make failed with {child.returncode}")
    shutil.rmtree(out)
    return {
        "cpu_seconds": round(
            after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1
        ),
        "memory_mb": round(largest / 2**20),
        "wall_seconds": round(time.monotonic() - started, 1),
    }


if __name__ == "__main__":
    sys.exit(main())
