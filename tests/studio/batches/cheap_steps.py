"""Steps that cost next to nothing and leave files as the real ones do: each reads what the one
before it left, and what it leaves follows from the frames, the facts and the plan alone."""

from __future__ import annotations

import hashlib
import io
import json
import os
import time
from pathlib import Path

from PIL import Image

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio.making.folder import Folder, Record, digest
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import Source
from zhanggui.studio.manifest import Deliverable, Manifest

SLOW = "ZHANGGUI_TEST_STEP_S"
MENDED = "ZHANGGUI_TEST_MENDED"
BEGUN = "ZHANGGUI_TEST_BEGUN"


def names(plan: Plan) -> tuple[str, ...]:
    return ("prepare", *(kind for kind in ("copy", "scene") if kind in plan.kinds))


def run(step: str, source: Source, plan: Plan, path: Path) -> Record:
    if BEGUN in os.environ:
        with Path(os.environ[BEGUN]).open("a") as begun:
            begun.write(f"{source.sku} {step}\n")
    time.sleep(float(os.environ.get(SLOW, "0")))
    if "crash" in source.facts.title and step == "scene":
        os._exit(9)
    if "refuse" in source.facts.title and step == "scene" and not _is_mended():
        raise Invalid(Text("放不下", "it does not fit"), hint=Text("换一张", "take another"))
    folder = Folder(path, digest(source.digest.encode() + plan.digest.encode()))
    folder.open()
    made = {"prepare": _prepare, "copy": _copy, "scene": _scenes}[step](source, plan, folder)
    record = Record(step=step, deliverables=tuple(made))
    folder.keep(record)
    return record


def _is_mended() -> bool:
    """Whether what a test made unmakeable can be made by now."""
    return Path(os.environ.get(MENDED, "/nowhere")).exists()


def _prepare(source: Source, plan: Plan, folder: Folder) -> list[Deliverable]:
    cuts = []
    for frame in source.frames:
        path = f"masks/{frame.stem}.png"
        with Image.open(frame) as picture:
            grey = picture.convert("L")
        doubts = ["glass"] if grey.getpixel((0, 0)) == 255 else []
        if (folder.path / path).with_suffix(".corrected").exists():
            doubts = []
        else:
            folder.write(path, _png(grey))
        confidence = 0.5 if doubts else 0.99
        said = {"frame": frame.name, "mask": path, "method": "key", "confidence": confidence}
        cuts.append({**said, "doubts": doubts})
    folder.write("views.json", json.dumps({"cuts": cuts}).encode())
    return []


def _copy(source: Source, plan: Plan, folder: Folder) -> list[Deliverable]:
    texts = {
        "copy.md": f"# {source.facts.title}\n".encode(),
        "copy.json": json.dumps({"title": source.facts.title}).encode(),
    }
    return [
        Deliverable(kind="copy", path=path, sha256=folder.write(path, data))
        for path, data in texts.items()
    ]


def _scenes(source: Source, plan: Plan, folder: Folder) -> list[Deliverable]:
    masks = b"".join((folder.path / "masks" / f"{f.stem}.png").read_bytes() for f in source.frames)
    found = []
    for number in range(1, plan.scenes + 1):
        seed = plan.seed_for(source.sku, str(number))
        shade = hashlib.sha256(masks + seed.to_bytes(8, "big")).digest()
        path = f"scenes/{number:02}.png"
        sha256 = folder.write(path, _png(Image.frombytes("L", (4, 8), shade)))
        found.append(
            Deliverable(
                kind="scene", path=path, sha256=sha256, size=(4, 8), style=f"style{number % 3}",
                plate=f"plate{number}", source=source.frames[0].name,
                mask=f"masks/{source.frames[0].stem}.png",
            )
        )  # fmt: skip
    return found


def finish(source: Source, plan: Plan, path: Path) -> Manifest:
    folder = Folder(path, digest(source.digest.encode() + plan.digest.encode()))
    records = [folder.record(step) for step in names(plan)]
    assert all(records)
    manifest = Manifest(
        sku=source.sku,
        seed=plan.seed,
        sources={frame.name: digest(frame.read_bytes()) for frame in source.frames},
        deliverables=tuple(each for record in records if record for each in record.deliverables),
    )
    manifest.write(path)
    return manifest


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
