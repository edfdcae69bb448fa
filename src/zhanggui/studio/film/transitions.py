"""How one shot takes over from another."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from zhanggui.studio.film.moves import about, eased
from zhanggui.studio.film.planes import Planes, masked, mixed, warped
from zhanggui.studio.film.storyboard import TransitionKind
from zhanggui.studio.pictures import Pixels

_SOFT = 0.16
"""A wipe's edge, as a share of the way it goes."""
_CLOSER = 0.22
_STREAKS = 3


def taken_over(
    kind: TransitionKind, towards: int, before: Planes, after: Planes, progress: float
) -> Planes:
    """The frame after `progress` (0–1) of a transition."""
    return _WAYS[kind](before, after, progress, towards)


def _cut(_before: Planes, after: Planes, _progress: float, _towards: int) -> Planes:
    return after


def _dissolve(before: Planes, after: Planes, progress: float, _towards: int) -> Planes:
    return mixed(before, after, eased(progress))


def _wipe(before: Planes, after: Planes, progress: float, towards: int) -> Planes:
    """A soft edge that crosses the frame aslant."""
    width, height = before.size
    x = np.linspace(0, 1, width, dtype=np.float32)[None]
    y = np.linspace(0, 1, height, dtype=np.float32)[:, None]
    way = {0: 1 - x, 1: 1 - y, 2: x}[towards % 3] * 0.8 + (y if towards % 3 != 1 else x) * 0.2
    edge = eased(progress) * (1 + _SOFT)
    mask: Pixels = (np.clip((edge - way) / _SOFT, 0, 1) * 255).astype(np.uint8)
    return masked(before, after, mask)


def _slide(before: Planes, after: Planes, progress: float, towards: int) -> Planes:
    """The new picture pushes the old one out."""
    size = before.size
    whole = size.height if towards % 3 == 1 else size.width
    gone = 2 * round(eased(progress) * whole / 2)
    if towards % 3 == 1:
        return _stacked(before, after, gone, axis=0)
    if towards % 3 == 2:
        return _stacked(after, before, whole - gone, axis=1)
    return _stacked(before, after, gone, axis=1)


def _stacked(first: Planes, second: Planes, gone: int, *, axis: int) -> Planes:
    """What is seen of two pictures side by side when the first is out of sight by `gone`."""
    if axis == 0:
        y = np.concatenate([first.y[gone:], second.y[:gone]])
        return Planes(y, np.concatenate([first.uv[gone // 2 :], second.uv[: gone // 2]]))
    y = np.concatenate([first.y[:, gone:], second.y[:, :gone]], axis=1)
    uv = np.concatenate([first.uv[:, gone // 2 :], second.uv[:, : gone // 2]], axis=1)
    return Planes(y, uv)


def _zoom(before: Planes, after: Planes, progress: float, _towards: int) -> Planes:
    """The camera rushes in, out of one picture and into the other; what is off the middle streaks,
    and both ends are sharp."""
    share = eased(progress)
    streak = 0.09 * np.sin(np.pi * progress)
    nearing = _streaked(before, 1 + _CLOSER * share, streak)
    return mixed(nearing, _streaked(after, 1, streak), eased(2 * progress - 0.5))


def _streaked(picture: Planes, zoom: float, streak: float) -> Planes:
    """A picture enlarged about its middle, as the mean of eight scales over `streak`."""
    x, y = (side / 2 - 0.5 for side in picture.size)
    blurred = warped(picture, about(x, y, zoom, x, y), picture.size)
    for step in range(_STREAKS):
        grown = about(x, y, 1 + streak / 2 ** (step + 1), x, y)
        blurred = mixed(blurred, warped(blurred, grown, picture.size), 0.5)
    return blurred


_WAYS: Mapping[TransitionKind, Callable[[Planes, Planes, float, int], Planes]] = {
    "cut": _cut,
    "dissolve": _dissolve,
    "wipe": _wipe,
    "slide": _slide,
    "zoom": _zoom,
}
