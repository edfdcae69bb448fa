"""A product made step by step from real frames: whole, told truly, the same each time."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from zhanggui.ai.marking import read as label_of
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio import pictures
from zhanggui.studio.facts import Facts
from zhanggui.studio.likeness import ssim
from zhanggui.studio.making import Plan, Source, find_sources, steps
from zhanggui.studio.making.running import Result, make_all
from zhanggui.studio.manifest import Manifest

MUG = Path(__file__).parents[3] / "demo/goods/mug"
PLAN = Plan(kinds=("scene", "poster", "white", "grid", "copy"), scenes=2, posters=1, seed=5)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    """A few frames of the mug: enough for a hero and other views."""
    folder = tmp_path_factory.mktemp("goods") / "mug"
    (folder / "frames").mkdir(parents=True)
    for name in ("000.webp", "009.webp", "018.webp", "030.webp"):
        shutil.copy(MUG / "frames" / name, folder / "frames" / name)
    shutil.copy(MUG / "product.json", folder)
    return find_sources([folder])[0]


@pytest.fixture(scope="module")
def made(source: Source, tmp_path_factory: pytest.TempPathFactory) -> tuple[Manifest, Path]:
    path = tmp_path_factory.mktemp("out") / "mug"
    return steps.make(source, PLAN, path), path


def bytes_of(path: Path) -> dict[str, str]:
    return {
        str(each.relative_to(path)): hashlib.sha256(each.read_bytes()).hexdigest()
        for each in path.rglob("*")
        if each.is_file() and each.name != "timings.json"
    }


def test_everything_planned_is_there_and_nothing_else(made: tuple[Manifest, Path]) -> None:
    manifest, path = made
    counts = {kind: sum(each.kind == kind for each in manifest.deliverables) for kind in PLAN.kinds}
    assert counts == {"scene": 2, "poster": 1, "white": 1, "grid": 18, "copy": 2}
    told = {each.path for each in manifest.deliverables} | set(manifest.files)
    told |= {each.mask for each in manifest.deliverables if each.mask}
    there = set(bytes_of(path)) - {"manifest.json"}
    assert told <= there
    assert {each for each in there - told if not each.startswith("masks/")} == set()


def test_inside_its_mask_every_still_is_the_frame_laid_in_by_its_affine(
    source: Source, made: tuple[Manifest, Path]
) -> None:
    manifest, path = made
    frames = {each.name: each for each in source.frames}
    seen = 0
    for each in manifest.deliverables:
        if not each.affine or not each.source or not each.mask or "cut/" in each.path:
            continue
        still, _ = pictures.read(path / each.path)
        size = (still.shape[1], still.shape[0])
        warped = cv2.warpAffine(pictures.read(frames[each.source])[0], np.array(each.affine), size)
        mask = pictures.read(path / each.mask)[0][..., 0]
        laid = cv2.warpAffine(mask, np.array(each.affine), size)
        inside = cv2.erode((laid > 250).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
        assert ssim(still, np.asarray(warped, np.uint8), inside) >= 0.97, each.path
        seen += 1
    assert seen >= 8


def test_texts_are_boxed_inside_the_picture_and_the_price_is_exact(
    made: tuple[Manifest, Path], source: Source
) -> None:
    manifest, _ = made
    texts = [(text, each) for each in manifest.deliverables for text in each.texts]
    assert texts
    for text, each in texts:
        assert each.size is not None
        left, top, right, bottom = text.box
        assert 0 <= left < right <= each.size[0]
        assert 0 <= top < bottom <= each.size[1]
        assert text.contrast is None or text.contrast >= 4.5
    assert source.facts.price_fen == 6900
    prices = {text.text for text, _ in texts if text.slot == "price"}
    assert prices
    assert all("69" in each for each in prices)


def test_what_is_generated_is_labelled_and_the_white_picture_is_not(
    made: tuple[Manifest, Path],
) -> None:
    manifest, path = made
    for each in manifest.deliverables:
        if each.kind in ("scene", "poster", "grid"):
            assert label_of((path / each.path).read_bytes()) is not None, each.path
        elif each.kind == "white":
            assert label_of((path / each.path).read_bytes()) is None


def test_the_white_picture_has_pure_white_at_its_rim(made: tuple[Manifest, Path]) -> None:
    manifest, path = made
    [white] = [each for each in manifest.deliverables if each.kind == "white"]
    picture, _ = pictures.read(path / white.path)
    assert picture[:20].min() == 255
    assert picture[:, :20].min() == 255


@pytest.mark.parametrize("dies_after", [1, 9, 30])
def test_killed_at_any_write_and_begun_again_it_ends_with_the_same_bytes(
    source: Source,
    made: tuple[Manifest, Path],
    tmp_path: Path,
    dies_after: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from zhanggui.studio.making.folder import Folder

    path, left = tmp_path / "mug", dies_after
    replace: Callable[[Folder, Path, bytes], None] = Folder._replace

    class Killed(BaseException):
        """As a process that is killed between a file and its name."""

    def dying(self: Folder, target: Path, data: bytes) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.with_name(f".{target.name}.part").write_bytes(data[: len(data) // 2])
            raise Killed
        replace(self, target, data)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "_replace", dying)
        with pytest.raises(Killed):
            steps.make(source, PLAN, path)
    steps.make(source, PLAN, path)
    assert bytes_of(path) == bytes_of(made[1])


def test_a_finished_product_is_not_made_again(
    source: Source, made: tuple[Manifest, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest, path = made

    def never(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(steps, "run", never)
    assert steps.make(source, PLAN, path) == manifest


def test_one_broken_product_does_not_stop_the_others(source: Source, tmp_path: Path) -> None:
    empty = tmp_path / "blank.png"
    cv2.imwrite(str(empty), np.full((300, 300, 3), 255, np.uint8))
    torn = tmp_path / "torn.jpg"
    torn.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    sources = [Source("torn", (torn,), Facts(product_id="torn")), source]
    plan = Plan(kinds=("white",))
    ended: list[Result] = []
    results = make_all(sources, plan, tmp_path / "out", jobs=1, done=ended.append)
    assert [each.sku for each in results] == ["torn", "mug"]
    assert results[0].failure is not None
    assert results[0].failure.hint is not None
    assert results[1].manifest is not None
    assert len(ended) == 2


def test_in_processes_too_one_with_broken_facts_is_told_and_the_others_made(
    source: Source, tmp_path: Path
) -> None:
    fault = Invalid(Text("坏了", "broken"), where="bad")
    bad = Source("bad", source.frames, Facts(product_id="bad"), fault)
    other = Source("other", source.frames, source.facts)
    results = make_all([bad, source, other], Plan(kinds=("copy",)), tmp_path, jobs=2)
    assert [each.failure is None for each in results] == [False, True, True]


def test_a_torn_frame_costs_that_view_alone_and_is_named(source: Source, tmp_path: Path) -> None:
    torn = tmp_path / "torn.jpg"
    torn.write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    some = Source("mug", (torn, *source.frames), source.facts)
    manifest = steps.make(some, Plan(kinds=("white",)), tmp_path / "mug")
    assert "torn.jpg: unused_unreadable" in manifest.doubts
    assert [each.kind for each in manifest.deliverables] == ["white"]


def test_a_step_out_of_order_says_so(source: Source, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="prepare"):
        steps.finish(source, PLAN, tmp_path / "mug")
    with pytest.raises((LookupError, FileNotFoundError)):
        steps.run("scene", source, PLAN, tmp_path / "mug")


def test_an_unknown_style_is_named_with_those_there_are() -> None:
    with pytest.raises(Invalid, match="nonsense"):
        Plan(styles=("nonsense",)).check()
