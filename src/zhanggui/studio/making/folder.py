"""The folder in which one product's things are made.

A step writes its files under other names first and renames each when it is whole; when all are
there, its record (`.steps/<step>.json`) says what was made. A step with a record is not done again;
one without is done from its beginning and gives the same bytes. The manifest comes last, and the
records go: a folder with a manifest of the same plan and sources is finished.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from zhanggui.studio.manifest import Deliverable, Manifest

_RECORDS = ".steps"


class Record(BaseModel):
    """What a step left: its deliverables, what is doubtful, and for how long it worked (CPU ms)."""

    model_config = ConfigDict(frozen=True)

    step: str
    deliverables: tuple[Deliverable, ...] = ()
    doubts: tuple[str, ...] = ()
    cpu_ms: int = 0
    wall_ms: int = 0


class Folder:
    """A product's folder; `made_from` is the digest of plan and sources together."""

    def __init__(self, path: Path, made_from: str) -> None:
        self.path = path
        self._made_from = made_from

    def open(self) -> None:
        """Make the folder ready: what another plan left half made is swept away, while what is
        finished stays until its place is taken."""
        records = self.path / _RECORDS
        marker = records / "made_from"
        if records.is_dir() and (not marker.is_file() or marker.read_text() != self._made_from):
            shutil.rmtree(records)
        records.mkdir(parents=True, exist_ok=True)
        self._replace(marker, self._made_from.encode())

    @property
    def is_finished(self) -> bool:
        """Whether everything is there, whole, and made from the same."""
        manifest = self.manifest
        return (
            manifest is not None
            and manifest.made_from == self._made_from
            and all(self._is_whole(each) for each in manifest.deliverables)
        )

    @property
    def manifest(self) -> Manifest | None:
        """The manifest, if there is one that can be read."""
        try:
            return Manifest.model_validate_json((self.path / "manifest.json").read_bytes())
        except (OSError, ValueError):
            return None

    def _is_whole(self, made: Deliverable) -> bool:
        path = self.path / made.path
        return path.is_file() and digest(path.read_bytes()) == made.sha256

    def record(self, step: str) -> Record | None:
        """What a step left, if it was finished and all of it is still there."""
        try:
            found = Record.model_validate_json((self.path / _RECORDS / f"{step}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return found if all(self._is_whole(each) for each in found.deliverables) else None

    def keep(self, record: Record) -> None:
        """Say that a step is finished."""
        path = self.path / _RECORDS / f"{record.step}.json"
        self._replace(path, record.model_dump_json().encode())

    def write(self, name: str, data: bytes) -> str:
        """Write a file whole, making its folders; returns its SHA-256."""
        self._replace(self.path / name, data)
        return digest(data)

    def part(self, name: str) -> Path:
        """Where a library may write a file that is not whole yet, for :meth:`write` afterwards."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.with_name(f".{path.name}.part")

    def finish(self, manifest: Manifest, records: Sequence[Record]) -> None:
        """Write the manifest and the times, and forget the records; what a former plan made and
        this did not goes, and nothing that somebody else put here."""
        times = {each.step: {"cpu_ms": each.cpu_ms, "wall_ms": each.wall_ms} for each in records}
        self.write("timings.json", (json.dumps(times, indent=2) + "\n").encode())
        former = self.manifest
        manifest.write(self.path)
        if former is not None:
            for name in _files(former) - _files(manifest):
                (self.path / name).unlink(missing_ok=True)
        shutil.rmtree(self.path / _RECORDS, ignore_errors=True)

    def _replace(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(data)
        part.replace(path)


def _files(manifest: Manifest) -> set[str]:
    """All files a manifest speaks of, by their paths in its folder."""
    masks = {each.mask for each in manifest.deliverables if each.mask}
    return {each.path for each in manifest.deliverables} | masks | set(manifest.files)


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
