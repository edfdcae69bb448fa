"""A model's surroundings, as a step leaves and takes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from zhanggui.studio import pictures
from zhanggui.studio.making import Plan, Source, find_sources, steps
from zhanggui.studio.making.drawn import Answered, Asked
from zhanggui.studio.manifest import Manifest
from zhanggui.studio.pictures import Pixels

MUG = Path(__file__).parents[3] / "demo/goods/mug"
PLAN = Plan(kinds=("scene",), scenes=1, generated=2, scene_size=(512, 512), seed=3)


@pytest.fixture
def source(tmp_path: Path) -> Source:
    folder = tmp_path / "mug"
    (folder / "frames").mkdir(parents=True)
    shutil.copy(MUG / "frames/000.webp", folder / "frames")
    return find_sources([folder])[0]


def answered(path: Path, number: int, drawn: Pixels) -> None:
    target = path / f"drawn/{number:02d}.png"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(pictures.encoded(drawn, "png"))
    target.with_suffix(".json").write_text(Answered(model="qwen-image-edit").model_dump_json())


def made(source: Source, path: Path, *, moved: int) -> Manifest:
    """The product with two answers: other colours about it, the second with it moved."""
    for step in ("prepare", "ask"):
        steps.run(step, source, PLAN, path)
    for number in (1, 2):
        told = Asked.model_validate_json((path / f"asked/{number:02d}.json").read_bytes())
        shown, _ = pictures.read(path / told.picture)
        drawn = np.asarray(cv2.cvtColor(shown, cv2.COLOR_RGB2BGR), np.uint8)
        answered(path, number, np.roll(drawn, moved if number == 2 else 0, axis=1))
    steps.run("scene", source, PLAN, path)
    return steps.finish(source, PLAN, path)


def test_what_a_model_drew_becomes_a_scene_with_the_products_own_pixels(
    source: Source, tmp_path: Path
) -> None:
    manifest = made(source, tmp_path / "out", moved=0)
    drawn = [each for each in manifest.deliverables if each.style == "generated"]
    assert [each.models for each in drawn] == [("qwen-image-edit",)] * 2
    assert len(manifest.deliverables) == 3
    asked, _ = pictures.read(tmp_path / "out/asked/01.png")
    still, _ = pictures.read(tmp_path / "out" / drawn[0].path)
    box = drawn[0].box
    assert box is not None
    inside = np.s_[box[1] + 120 : box[3] - 80, box[0] + 60 : box[0] + 120]
    assert np.abs(still[inside].astype(int) - asked[inside].astype(int)).mean() < 3


def test_a_product_that_a_model_moved_far_is_a_doubt_and_no_scene(
    source: Source, tmp_path: Path
) -> None:
    manifest = made(source, tmp_path / "out", moved=150)
    assert len(manifest.deliverables) == 2
    assert any("drawn/02.png" in doubt for doubt in manifest.doubts)


def test_without_answers_there_are_the_embedded_scenes(source: Source, tmp_path: Path) -> None:
    manifest = steps.make(source, PLAN, tmp_path / "out")
    assert [each.models for each in manifest.deliverables] == [()]


def test_nothing_is_asked_where_no_model_is_wanted() -> None:
    assert "ask" not in steps.names(Plan(kinds=("scene",)))
    assert "ask" not in steps.names(Plan(kinds=("copy",), generated=3))
