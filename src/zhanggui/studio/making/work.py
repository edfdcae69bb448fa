"""One product while it is made: its frames and cut-outs, read when a step first asks for them."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image
from pydantic import BaseModel, ConfigDict

from zhanggui.studio import copywriting, pictures
from zhanggui.studio.copywriting import Copy
from zhanggui.studio.cutting import Cutout, Gains, cut, weights
from zhanggui.studio.facts import Facts
from zhanggui.studio.making.folder import Folder
from zhanggui.studio.making.plan import Plan
from zhanggui.studio.making.sources import Source
from zhanggui.studio.pictures import Pixels
from zhanggui.studio.scenes.glass import is_glass


class CutView(BaseModel):
    """How a frame was cut out, without the pixels."""

    model_config = ConfigDict(frozen=True)

    frame: str
    mask: str
    method: str
    confidence: float
    doubts: tuple[str, ...] = ()


class Views(BaseModel):
    """Which frames are used and for what: the step `prepare` leaves this for those after it.

    `order` are the good frames in turn; `dropped` says why others are not used. `gains` for RGB and
    `scales` for size make a frame agree with the turn; those that do are not named.
    """

    model_config = ConfigDict(frozen=True)

    hero: str
    details: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    dropped: dict[str, str] = {}
    gains: dict[str, Gains] = {}
    scales: dict[str, float] = {}
    cuts: tuple[CutView, ...] = ()

    def cut(self, frame: str) -> CutView:
        """How a frame was cut out; raises KeyError for one that was not."""
        return next(each for each in self.cuts if each.frame == frame)


@dataclass(frozen=True)
class Work:
    """A product, the plan, and the folder it is made in."""

    source: Source
    plan: Plan
    folder: Folder

    @property
    def facts(self) -> Facts:
        """What is known of the product."""
        return self.source.facts

    @property
    def views(self) -> Views:
        """What `prepare` found."""
        return _views(self.folder.path / VIEWS)

    def frame(self, name: str) -> tuple[Pixels, Pixels | None]:
        """A frame's RGB and alpha, by its file's name."""
        return pictures.read(next(each for each in self.source.frames if each.name == name))

    def cutout(self, frame: str) -> Cutout:
        """A frame's cut-out as `prepare` left it."""
        found = _cutout(self.folder.path / cutout_path(frame), self.views.cut(frame))
        # What is seen through glass is reckoned from the ground it was taken on.
        return replace(found, rgb=self.frame(frame)[0]) if is_glass(found) else found

    def cut(self, frame: str, drawn: Pixels | None = None, *, method: str | None = None) -> Cutout:
        """Cut a frame out, by the mask that a person drew where there is one.

        `method` is how the hero was: IS-Net, where its weights are there, is asked of the hero
        itself (``None``) and of the other views where it had to correct the hero's.
        """
        rgb, alpha = self.frame(frame)
        return cut(
            rgb,
            alpha if drawn is None else drawn,
            seed=self.seed("cut", frame),
            weights=weights.find(),
            twice=method in (None, "isnet"),
        )

    @property
    def copy(self) -> Copy:
        """What is written of the product: the same for every step that letters something."""
        return _copy(self.facts.model_dump_json(), self.seed("copy"))

    def seed(self, *names: str) -> int:
        """A seed for one purpose; a product's colours share it."""
        return self.plan.seed_for(self.source.facts.product_id, *names)


VIEWS = "views.json"


def mask_path(frame: str) -> str:
    """Where a frame's mask lies."""
    return f"masks/{Path(frame).stem}.png"


def cutout_path(frame: str) -> str:
    """Where a frame's cut-out lies, with its alpha."""
    return f"cutouts/{Path(frame).stem}.png"


def cutout_bytes(cutout: Cutout) -> bytes:
    """A cut-out as PNG; what is not seen is black, which packs well."""
    rgba = np.dstack([np.where(cutout.alpha[..., None] > 0, cutout.rgb, 0), cutout.alpha])
    out = io.BytesIO()
    Image.fromarray(rgba.astype(np.uint8)).save(out, "PNG", compress_level=3)
    return out.getvalue()


def mask_bytes(alpha: Pixels) -> bytes:
    """A mask as a grey PNG."""
    out = io.BytesIO()
    Image.fromarray(alpha).save(out, "PNG", compress_level=6)
    return out.getvalue()


@lru_cache(maxsize=1)
def _views(path: Path) -> Views:
    return Views.model_validate_json(path.read_bytes())


@lru_cache(maxsize=1)
def _copy(facts: str, seed: int) -> Copy:
    return copywriting.write(Facts.model_validate_json(facts), seed=seed)


@lru_cache(maxsize=6)
def _cutout(path: Path, cut: CutView) -> Cutout:
    with Image.open(path) as opened:
        rgba = np.asarray(opened.convert("RGBA"), dtype=np.uint8)
    return Cutout(
        np.ascontiguousarray(rgba[..., :3]),
        np.ascontiguousarray(rgba[..., 3]),
        cut.confidence,
        cut.method,
        cut.doubts,
    )
