"""What was made for one product and how: the `manifest.json` beside its deliverables.

Nothing in it depends on when or how long: the same input, seed, lock and machine give the same
bytes. Times are kept apart, in `timings.json`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["scene", "poster", "grid", "video", "white", "detail", "copy"]
KINDS: tuple[Kind, ...] = ("scene", "poster", "grid", "video", "white", "detail", "copy")

Affine = tuple[tuple[float, float, float], tuple[float, float, float]]


class TextBox(BaseModel):
    """A text as drawn: its string, the pixels it covers and what its colours' contrast is."""

    model_config = ConfigDict(frozen=True)

    text: str
    slot: str
    box: tuple[int, int, int, int]
    contrast: float | None = None


class Deliverable(BaseModel):
    """One file. Paths are relative to the manifest; `affine` maps pixels of the source frame to
    pixels of the output; boxes are left, top, right, bottom in pixels of the output."""

    model_config = ConfigDict(frozen=True)

    kind: Kind
    path: str
    sha256: str
    channel: str | None = None
    size: tuple[int, int] | None = None
    style: str | None = None
    plate: str | None = None
    layout: str | None = None
    source: str | None = None
    mask: str | None = None
    affine: Affine | None = None
    box: tuple[int, int, int, int] | None = None
    texts: tuple[TextBox, ...] = ()
    models: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Manifest(BaseModel):
    """Everything made for one product. `sources` are the frames' names with their SHA-256, `files`
    what else lies beside (cut-outs); `made_from` is the digest of plan and sources."""

    model_config = ConfigDict(frozen=True)

    version: int = 1
    sku: str
    seed: int
    made_from: str = ""
    sources: dict[str, str] = Field(default_factory=dict)
    files: tuple[str, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    doubts: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into the folder, whole or not at all."""
        path = folder / "manifest.json"
        beside = path.with_suffix(".json.part")
        beside.write_text(self.model_dump_json(indent=2, exclude_none=True) + "\n", "utf-8")
        beside.replace(path)
