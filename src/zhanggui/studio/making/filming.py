"""The film of a product and its cover."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.studio import film
from zhanggui.studio.cutting import AS_IT_IS, Cutout, evened
from zhanggui.studio.making.finishing import finished, label
from zhanggui.studio.making.standing import chosen, composed
from zhanggui.studio.making.work import Work
from zhanggui.studio.manifest import Deliverable, TextBox
from zhanggui.studio.pictures import Size

_SCENES = 3
_VIDEO, _COVER = "video/video.mp4", "video/cover.jpg"


def make(work: Work) -> tuple[Sequence[Deliverable], Sequence[str]]:
    """A film of the plan's size and length: the turn of all good frames, scenes, captions from the
    copy, music; and its cover."""
    plan, facts, hero = work.plan, work.facts, work.views.hero
    size = Size(*plan.video_size)
    names, frames = _turn(work)
    captions = [line.text for line in work.copy.first.captions]
    board = film.storyboard(
        facts,
        captions,
        frames_count=len(frames),
        seconds=plan.video_seconds,
        seed=work.seed("film"),
    )
    stages = chosen(work, work.cutout(hero), count=_SCENES)
    scenes = [composed(work, each, size).scene.picture for each in stages]
    part = work.folder.part(_VIDEO)
    made = film.render(
        board, frames=frames, scenes=scenes, size=size, out=part, hero=names.index(hero)
    )
    bare = part.read_bytes()
    data = film.finish(bare, label(facts, bare))
    part.unlink()
    texts = tuple(
        TextBox(text=each.text, slot=each.slot, box=each.box, contrast=round(each.contrast, 2))
        for each in made.texts
    )
    return [
        Deliverable(
            kind="video",
            path=_VIDEO,
            sha256=work.folder.write(_VIDEO, data),
            size=size,
            plate=", ".join(each.id for each in stages) or None,
            source=hero,
            mask=work.views.cut(hero).mask,
            texts=texts,
        ),
        Deliverable(
            kind="video",
            path=_COVER,
            sha256=work.folder.write(_COVER, finished(made.cover, facts)),
            size=size,
            source=hero,
        ),
    ], ()


def _turn(work: Work) -> tuple[list[str], list[Cutout]]:
    """The frames of the turn in order with their cut-outs, made even in white and size, where there
    are enough for one; else the views that were cut out before."""
    views = work.views
    before = {each.frame for each in views.cuts}
    turns = len(views.order) >= film.FEWEST_TO_SPIN
    names = list(views.order) if turns else [each.frame for each in views.cuts]
    if views.hero not in names:
        names.insert(0, views.hero)
    frames = []
    for name in names:
        if name in before:
            found = work.cutout(name)
        else:
            found = work.cut(name, method=views.cut(views.hero).method)
        gains, scale = views.gains.get(name, AS_IT_IS), views.scales.get(name, 1.0)
        frames.append(evened(found, gains, scale) if turns else found)
    return names, frames
