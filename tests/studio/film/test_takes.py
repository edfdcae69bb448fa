"""Shots: what is seen at each moment."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from tests.studio.film.pieces import FACTS, SMALL, scenes, turn
from zhanggui.studio.film.details import MOST_ENLARGED, details
from zhanggui.studio.film.generated import Footage, animated
from zhanggui.studio.film.grounds import cove, shadow, tint
from zhanggui.studio.film.planes import Planes, planes, rgb
from zhanggui.studio.film.planning import storyboard
from zhanggui.studio.film.storyboard import Motion, TransitionKind, View
from zhanggui.studio.film.takes import Spin, Stand, Still, close_up, filling
from zhanggui.studio.film.transitions import taken_over
from zhanggui.studio.pictures import Size

_BIG = Size(540, 960)


def _ground(size: Size = _BIG) -> Planes:
    return planes(cove(size, (90.0, 2.0, 3.0), np.random.default_rng(0)))


@pytest.mark.parametrize("zoom", [1.0, 1.07])
def test_a_products_pixels_in_a_frame_are_its_own(zoom: float) -> None:
    (cutout,) = turn(1, 400)
    stand = Stand([cutout], _BIG)
    frame = _ground()
    stand.place(frame, stand.layer(cutout), zoom)
    move = stand.affine(zoom)
    expected = cv2.warpAffine(cutout.rgb, move, _BIG, flags=cv2.INTER_CUBIC)
    mask = cv2.warpAffine(cutout.alpha, move, _BIG)
    inside = cv2.erode(mask, np.ones((9, 9), np.uint8)) == 255
    assert inside.sum() > 20_000
    apart = np.abs(rgb(frame).astype(int) - expected)[inside]
    assert apart.mean() < 4


def test_a_product_stands_above_its_shadow() -> None:
    (cutout,) = turn(1, 400)
    stand = Stand([cutout], _BIG)
    bare = _ground()
    frame = bare.copy()
    stand.place(frame, stand.layer(cutout), 1.0)
    foot = round(float(stand.affine(1.0)[1] @ [200, cutout.box.bottom, 1]))
    under = frame.y[foot + 3, 200:340].astype(int) - bare.y[foot + 3, 200:340]
    far = frame.y[foot + 90, 200:340].astype(int) - bare.y[foot + 90, 200:340]
    assert under.mean() < -25
    assert abs(far.mean()) < 3


def test_a_shadow_is_darkest_where_the_product_touches() -> None:
    alpha = np.zeros((200, 200), dtype=np.uint8)
    alpha[40:150, 60:140] = 255
    dark = shadow(alpha, 150)
    assert dark[149, 100] > 120 > 60 > dark[155, 100] > dark[170, 100]
    assert dark[149, 10] < 10


def test_the_ground_sets_light_and_dark_products_off() -> None:
    (cutout,) = turn(1)
    white = np.full_like(cutout.rgb, 250)
    pale = tint(type(cutout)(white, cutout.alpha, 1.0, "drawn"), 0)
    assert pale[0] < tint(cutout, 0)[0]


def test_a_spin_holds_every_frame_equally_long_and_goes_round_once() -> None:
    frames = turn(36)
    spin = Spin(frames, _ground(SMALL), Motion(), fps=25)
    shown = [spin.at(number, 0.0).y for number in range(72)]
    pairs = [np.array_equal(shown[n], shown[n + 1]) for n in range(71)]
    assert pairs == [number % 2 == 0 for number in range(71)]
    back = Spin(frames, _ground(SMALL), Motion(), fps=25, backwards=True)
    assert np.array_equal(back.at(0, 0.0).y, shown[0])
    assert np.array_equal(back.at(3, 0.0).y, shown[70])
    assert np.array_equal(back.at(2, 0.0).y, shown[70])


def test_a_slow_move_has_no_steps() -> None:
    """The same detail drifts by the same fraction of a pixel from frame to frame."""
    x = np.linspace(0, 8 * np.pi, SMALL.width)
    picture = np.repeat((127 + 90 * np.sin(x))[None], SMALL.height, axis=0)
    still = Still(
        planes(np.repeat(picture[:, :, None], 3, axis=2).astype(np.uint8)),
        Motion(start=View(x=0.49, zoom=1.1), end=View(x=0.51, zoom=1.1)),
    )
    rows = [still.at(n, n / 40).y[256].astype(float) for n in range(41)]
    drift = [float(np.abs(b - a).mean()) for a, b in pairwise(rows)]
    assert max(drift) < 2.2 * np.median(drift)
    assert min(drift) > 0


def test_close_ups_are_on_the_product_apart_and_sharp_enough() -> None:
    (cutout,) = turn(1, 900)
    first, second = details(cutout, SMALL, 2)
    for box in (first, second):
        assert SMALL.width / box.width <= MOST_ENLARGED * SMALL.width / 720 + 0.02
        assert box.width / box.height == pytest.approx(SMALL.width / SMALL.height, abs=0.02)
        middle = ((box.left + box.right) // 2, (box.top + box.bottom) // 2)
        assert cutout.alpha[middle[1], middle[0]] == 255
    assert abs(first.left - second.left) + abs(first.top - second.top) > 60
    picture = close_up(cutout, first, _ground(SMALL))
    assert picture.size == SMALL
    assert np.abs(picture.y.astype(int) - _ground(SMALL).y).mean() > 20


def test_a_picture_fills_a_frame_of_another_shape() -> None:
    wide = np.zeros((100, 400, 3), dtype=np.uint8)
    wide[:, 150:250] = 200
    assert filling(wide, Size(50, 100)).min() == 200
    assert filling(wide, Size(200, 400)).shape == (400, 200, 3)


@pytest.mark.parametrize("kind", ["dissolve", "wipe", "slide", "zoom"])
@pytest.mark.parametrize("towards", [0, 1, 2])
def test_a_transition_leads_from_one_picture_to_the_other(
    kind: TransitionKind, towards: int
) -> None:
    before, after = (planes(picture) for picture in scenes(2))

    def apart(progress: float, from_: Planes) -> float:
        shown = taken_over(kind, towards, before, after, progress)
        assert shown.y.shape == before.y.shape
        assert shown.uv.shape == before.uv.shape
        return float(np.abs(shown.y.astype(int) - from_.y).mean())

    assert apart(0.02, before) < 4
    assert apart(0.98, after) < 4
    gone = [apart(step / 10, before) for step in range(11)]
    assert min(gone[5], gone[8]) > gone[1]


async def test_scenes_after_the_first_are_made_by_a_model_where_it_can(tmp_path: Path) -> None:
    plan = storyboard(FACTS, (), frames_count=1, seconds=14, seed=1)
    asked: list[str] = []

    async def animate(first: bytes, prompt: str, seconds: int) -> bytes | None:
        assert first.startswith(b"\x89PNG")
        asked.append(prompt)
        return None if len(asked) == 1 else b"film"

    changed, files = await animated(animate, plan, scenes(), tmp_path)
    kinds = [shot.kind for shot in plan.shots]
    assert len(asked) == kinds.count("scene") - 1
    assert [shot.kind for shot in changed.shots].count("generated") == len(files) == len(asked) - 1
    assert changed.shots[0].kind == "scene"


def test_footage_plays_at_the_films_own_rate_and_stays_when_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "made.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=10, options={"crf": "8"})
        stream.width, stream.height, stream.pix_fmt = 64, 128, "yuv420p"
        for level in range(40, 240, 20):
            grey = np.full((128, 64, 3), level, dtype=np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grey, "rgb24")))
        file.mux(stream.encode(None))
    footage = Footage(path, Size(128, 256), fps=20)
    shown = [float(rgb(footage.at(number, 0.0)).mean()) for number in range(24)]
    assert shown[0] == pytest.approx(40, abs=6)
    assert shown[10] == pytest.approx(140, abs=6)
    assert shown[-1] == shown[-3] == pytest.approx(220, abs=6)
