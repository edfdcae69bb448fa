"""What belongs together: the white-background picture, the nine-grid, the detail page; and the
copy they are lettered with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zhanggui.studio.channels import channel
from zhanggui.studio.copywriting import Copy
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.making.finishing import QUALITY, finished, labelled
from zhanggui.studio.making.standing import chosen, composed
from zhanggui.studio.making.work import Work, mask_bytes
from zhanggui.studio.manifest import Deliverable, Kind
from zhanggui.studio.pictures import Box, Pixels, Size, encoded, within
from zhanggui.studio.sets import Drawn, Still, cutting_up, detail, grid, white

Made = tuple[Sequence[Deliverable], Sequence[str]]

_ON_STAGES = ("hero", "scene")
_TEXT_WEIGHS = 5
"""How much worse it is to cover a text than the product."""
_SCENES = 4
_SCENE_SIZE = Size(1000, 1000)
"""Scenes for sets are made at the size at which they are laid in."""


def white_picture(work: Work) -> Made:
    """The product on white. It bears no mark: nothing in it is generated, and the channels that ask
    for it take no words in it."""
    hero = work.views.hero
    drawn = white.make(work.cutout(hero), source=hero)
    data = encoded(drawn.picture, "jpg", quality=QUALITY)
    if len(data) > white.MOST_BYTES:
        data = within(drawn.picture, "jpg", white.MOST_BYTES)
    return [_kept(work, "white", drawn, "white/white.jpg", data)], drawn.notes


def nine_grid(work: Work) -> Made:
    """Nine pictures that are one set, and one picture cut in nine."""
    views = _views(work)
    made = []
    for place, drawn in enumerate(grid.make(work.facts, work.copy, views, _stills(work)), 1):
        path = f"grid/{place}-{drawn.name}.jpg"
        made.append(_kept(work, "grid", drawn, path, _bytes(work, drawn)))
    for place, drawn in enumerate(cutting_up.make(work.facts, work.copy, views[0]), 1):
        path = f"grid/cut/{place}.jpg"
        made.append(_kept(work, "grid", drawn, path, _bytes(work, drawn, is_shown=place == 9)))
    return made, ()


def detail_page(work: Work) -> Made:
    """The long picture in pieces, and the page as HTML with its pictures."""
    page = detail.make(work.facts, work.copy, _views(work), _stills(work))
    most = channel(detail.CHANNEL).most_bytes
    made = []
    for place, drawn in enumerate(page.slices, 1):
        path = f"detail/{place:02d}-{drawn.name}.jpg"
        made.append(_kept(work, "detail", drawn, path, _bytes(work, drawn, most=most)))
    for name, picture in page.pictures.items():
        drawn = Drawn("picture", picture)
        path = f"detail/{name}"
        made.append(_kept(work, "detail", drawn, path, finished(picture, work.facts, most=most)))
    path = "detail/index.html"
    digest = work.folder.write(path, page.html.encode())
    made.append(Deliverable(kind="detail", path=path, sha256=digest))
    return made, ()


def _bytes(
    work: Work, drawn: Drawn, *, most: int | None = None, is_shown: bool | None = None
) -> bytes:
    """The file of a picture of a set. What shows a stage bears the mark that people see, everything
    the one that machines read; of nine pieces that are one picture the last one bears it."""
    if is_shown if is_shown is not None else drawn.name in _ON_STAGES:
        taken = [Box(*text.box) for text in drawn.texts for _ in range(_TEXT_WEIGHS)]
        taken += [drawn.box] if drawn.box else []
        return finished(drawn.picture, work.facts, taken=taken, most=most)
    return labelled(drawn.picture, work.facts, most=most)


def copy(work: Work) -> Made:
    """What was written, for people and for programs; a line that a check took out is a doubt."""
    written: Copy = work.copy
    files = {
        "copy/copy.md": written.as_markdown().encode(),
        "copy/copy.json": (written.model_dump_json(indent=2) + "\n").encode(),
    }
    return [
        Deliverable(
            kind="copy",
            path=path,
            sha256=work.folder.write(path, data),
            models=(written.by,) if written.by else (),
        )
        for path, data in files.items()
    ], written.dropped


def _views(work: Work) -> list[tuple[str, Cutout]]:
    """The hero and the other views that were cut out."""
    return [(each.frame, work.cutout(each.frame)) for each in work.views.cuts]


def _stills(work: Work) -> list[Still]:
    """A few scenes, unmarked: what they are laid into bears the mark."""
    hero = work.views.hero
    stages = chosen(work, work.cutout(hero), count=_SCENES)
    found = [composed(work, each, _SCENE_SIZE) for each in stages]
    return [
        Still(each.scene.picture, each.scene.affine, each.scene.box, hero, each.stage.style)
        for each in found
    ]


def _kept(work: Work, kind: Kind, drawn: Drawn, path: str, data: bytes) -> Deliverable:
    picture: Pixels = drawn.picture
    return Deliverable(
        kind=kind,
        path=path,
        sha256=work.folder.write(path, data),
        size=(picture.shape[1], picture.shape[0]),
        source=drawn.source,
        mask=_mask(work, drawn, path) if drawn.source else None,
        affine=drawn.affine,
        box=drawn.box,
        texts=drawn.texts,
        notes=drawn.notes,
    )


def _mask(work: Work, drawn: Drawn, path: str) -> str:
    """The mask of what is seen of the frame: its own, or for a close-up that part of it."""
    name = work.views.cut(drawn.source or "").mask
    if drawn.box is None or drawn.affine is None:
        return name
    alpha = work.cutout(drawn.source or "").alpha
    (scale, _, left), (_, _, top) = drawn.affine
    x0, x1 = ((side - left) / scale for side in (drawn.box.left, drawn.box.right))
    y0, y1 = ((side - top) / scale for side in (drawn.box.top, drawn.box.bottom))
    seen = np.zeros_like(alpha)
    window = (slice(max(round(y0), 0), round(y1)), slice(max(round(x0), 0), round(x1)))
    seen[window] = alpha[window]
    if np.count_nonzero(alpha > 128) - np.count_nonzero(seen > 128) < 0.005 * seen.size:
        return name
    name = f"masks/{path.replace('/', '-').rpartition('.')[0]}.png"
    work.folder.write(name, mask_bytes(seen))
    return name
