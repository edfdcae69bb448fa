"""What a camera's view is in pixels."""

from __future__ import annotations

import numpy as np

from zhanggui.studio.film.planes import Matrix
from zhanggui.studio.film.storyboard import Motion, View
from zhanggui.studio.pictures import Size


def between(motion: Motion, progress: float) -> View:
    """The view after `progress` (0–1) of a move at even speed. Zooming goes by equal factors, as a
    camera that comes nearer steadily is seen."""
    start, end = motion.start, motion.end
    return View(
        x=start.x + (end.x - start.x) * progress,
        y=start.y + (end.y - start.y) * progress,
        zoom=start.zoom * (end.zoom / start.zoom) ** progress,
    )


def matrix(view: View, source: Size, frame: Size) -> Matrix:
    """From places of a source to places of a frame that the view fills; the view is moved as far as
    it must so that nothing outside the source is seen."""
    scale = max(frame.width / source.width, frame.height / source.height) * view.zoom
    middle = [
        min(max(at * whole, seen / scale / 2), whole - seen / scale / 2)
        for at, whole, seen in ((view.x, source[0], frame[0]), (view.y, source[1], frame[1]))
    ]
    return np.array(
        [
            [scale, 0, frame.width / 2 - 0.5 - scale * (middle[0] - 0.5)],
            [0, scale, frame.height / 2 - 0.5 - scale * (middle[1] - 0.5)],
        ]
    )


def about(x: float, y: float, scale: float, to_x: float, to_y: float) -> Matrix:
    """Scaling that brings the place `x`, `y` to `to_x`, `to_y`."""
    return np.array([[scale, 0, to_x - scale * x], [0, scale, to_y - scale * y]])


def eased(progress: float) -> float:
    """Progress (0–1) that begins and ends at rest."""
    held = min(1.0, max(0.0, progress))
    return held * held * (3 - 2 * held)
