"""Render plates by their ids, all when none is named; each in a process of its own, since a library
that dies takes its process with it."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLATES = Path(__file__).parents[2] / "src/zhanggui/studio/stages/plates"


def main() -> int:
    """Render what is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--samples", type=int, default=32)
    parser.add_argument("--preview", action="store_true", help="a third of the size, as PNG")
    parser.add_argument("--out", type=Path, default=PLATES)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--known-only", action="store_true", help="measure, render no picture")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.one:
        _render(given.ids[0], given)
        return 0
    from rendering.plates import catalogue

    failed = []
    for name in given.ids or sorted(catalogue.PLATES):
        passed = [name, "--one", "--samples", str(given.samples), "--out", str(given.out)]
        passed += ["--preview"] if given.preview else []
        passed += ["--known-only"] if given.known_only else []
        if subprocess.run([sys.executable, "-m", "rendering.plates", *passed]).returncode:
            failed.append(name)
    if not given.preview:
        gather(given.out)
    print(f"failed: {failed}" if failed else "done", file=sys.stderr)
    return 1 if failed else 0


def _render(name: str, given: argparse.Namespace) -> None:
    import mitsuba as mi

    mi.set_variant("llvm_ad_rgb")
    from PIL import Image

    from rendering.plates import catalogue, developing
    from rendering.plates.knowing import knowledge

    plate = catalogue.PLATES[name]
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        build = plate.build(Path(folder))
        if not given.known_only:
            shrink = 3 if given.preview else 1
            picture = Image.fromarray(
                developing.render(build, samples=given.samples, shrink=shrink)
            )
            if given.preview:
                picture.save(given.out / f"{name}.png")
            else:
                picture.save(given.out / f"{name}.webp", quality=90, method=6)
        if not given.preview:
            found = knowledge(name, plate, build)
            text = json.dumps(found, ensure_ascii=False, indent=1)
            (given.out / f"{name}.json").write_text(text + "\n", "utf-8")
    print(f"{name}: {time.process_time() - started:.0f} CPU s", file=sys.stderr)


def gather(out: Path) -> None:
    """Bring what was found of each plate into the one file that knows all of them."""
    together = out / "plates.json"
    known = json.loads(together.read_text("utf-8")) if together.is_file() else []
    found = {each["id"]: each for each in known}
    for path in sorted(out.glob("*.json")):
        if path != together:
            each = json.loads(path.read_text("utf-8"))
            found[each["id"]] = each
            path.unlink()
    text = json.dumps([found[name] for name in sorted(found)], ensure_ascii=False, indent=1)
    together.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
