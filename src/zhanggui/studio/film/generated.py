"""Shots that a video model made (Wan and its like), where one is configured.

Nothing here knows a model: whoever has one hands in a function that makes a film of a picture. What
it made is shown for what it is: the mark that people see stays on as long as such a shot is on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import av
import numpy as np

from zhanggui.studio.film.planes import Planes, planes
from zhanggui.studio.film.storyboard import Storyboard
from zhanggui.studio.film.takes import filling
from zhanggui.studio.pictures import Pixels, Size, encoded

Animate = Callable[[bytes, str, int], Awaitable[bytes | None]]
"""Makes an MP4 that begins with a picture (PNG) after a prompt and lasts so many seconds; None
where none could be made, which is no fault: the still is shown in its place."""

PROMPT = (
    "镜头缓慢推近，光线轻轻流动，背景有细微的自然动态；商品保持不动，形状、颜色、文字和数量都不改变，"
    "画面中不出现人物、手和新的文字"
)
_SECONDS = 5


async def animated(
    animate: Animate, plan: Storyboard, scenes: Sequence[Pixels], folder: Path
) -> tuple[Storyboard, list[Path]]:
    """The storyboard with its scene shots, after the first, made by a model where it can, and their
    files in `folder`. The first shot stays a picture of the product as it is."""
    shots = list(plan.shots)
    files: list[Path] = []
    places = [n for n, shot in enumerate(shots) if shot.kind == "scene"][1:] if scenes else []
    for place in places:
        still = scenes[shots[place].source % len(scenes)]
        made = await animate(encoded(still, "png"), PROMPT, _SECONDS)
        if made is None:
            continue
        path = folder / f"generated-{len(files)}.mp4"
        path.write_bytes(made)
        shots[place] = shots[place].model_copy(update={"kind": "generated", "source": len(files)})
        files.append(path)
    return plan.model_copy(update={"shots": tuple(shots)}), files


class Footage:
    """A film from a file, scaled to fill the frame; its last frame stays when it ends too early."""

    def __init__(self, path: Path, size: Size, fps: int) -> None:
        self._frames = _frames(path, fps)
        self._size = size
        self._shown = -1
        self._last = planes(np.zeros((size.height, size.width, 3), dtype=np.uint8))

    def at(self, number: int, progress: float) -> Planes:
        """See :class:`~zhanggui.studio.film.takes.Take`; goes forward only."""
        while self._shown < number:
            picture = next(self._frames, None)
            self._shown += 1
            if picture is not None:
                self._last = planes(filling(picture, self._size))
        return self._last.copy()


def _frames(path: Path, fps: int) -> Iterator[Pixels]:
    """The file's pictures, one for each frame of a film of `fps`."""
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        stream.thread_count = 1
        shown = 0
        for frame in file.decode(stream):
            picture: Pixels | None = None
            while shown <= (frame.time or 0.0) * fps + 1e-6:
                if picture is None:
                    picture = np.asarray(frame.to_ndarray(format="rgb24"), dtype=np.uint8)
                yield picture
                shown += 1
