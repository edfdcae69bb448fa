"""A product's folder: whatever is cut off, what is there is whole and of one plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhanggui.studio.making.folder import Folder, Record
from zhanggui.studio.manifest import Deliverable, Manifest


def made(folder: Folder, path: str, data: bytes = b"x") -> Deliverable:
    return Deliverable(kind="scene", path=path, sha256=folder.write(path, data))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "sku", "plan-1")
    folder.open()
    return folder


def test_a_step_that_is_recorded_is_not_done_again_unless_its_files_are_gone(
    folder: Folder,
) -> None:
    assert folder.record("scene") is None
    record = Record(step="scene", deliverables=(made(folder, "scenes/1.jpg"),))
    folder.keep(record)
    assert folder.record("scene") == record
    (folder.path / "scenes/1.jpg").write_bytes(b"cut o")
    assert folder.record("scene") is None


def test_what_another_plan_left_half_made_is_not_gone_on_with(folder: Folder) -> None:
    folder.keep(Record(step="scene", deliverables=(made(folder, "scenes/1.jpg"),)))
    other = Folder(folder.path, "plan-2")
    other.open()
    assert other.record("scene") is None


def test_a_finished_folder_is_known_and_one_with_a_missing_file_is_not(folder: Folder) -> None:
    deliverable = made(folder, "scenes/1.jpg")
    manifest = Manifest(sku="sku", seed=1, made_from="plan-1", deliverables=(deliverable,))
    folder.finish(manifest, [Record(step="scene", cpu_ms=5)])
    assert folder.is_finished
    assert not (folder.path / ".steps").exists()
    assert not Folder(folder.path, "plan-2").is_finished
    (folder.path / "scenes/1.jpg").unlink()
    assert not folder.is_finished


def test_the_next_plan_takes_the_place_of_the_former_and_leaves_others_files(
    folder: Folder,
) -> None:
    first = made(folder, "scenes/old.jpg")
    folder.finish(Manifest(sku="sku", seed=1, made_from="plan-1", deliverables=(first,)), [])
    (folder.path / "my notes.txt").write_text("mine")
    other = Folder(folder.path, "plan-2")
    other.open()
    second = made(other, "scenes/new.jpg")
    other.finish(Manifest(sku="sku", seed=2, made_from="plan-2", deliverables=(second,)), [])
    assert not (folder.path / "scenes/old.jpg").exists()
    assert (folder.path / "my notes.txt").read_text() == "mine"
    assert other.is_finished


def test_a_broken_manifest_is_none(folder: Folder) -> None:
    (folder.path / "manifest.json").write_text("{")
    assert folder.manifest is None
    assert not folder.is_finished
