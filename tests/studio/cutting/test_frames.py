"""Frames are put in order, bad ones left out for the right reason, views chosen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.studio.cutting._pictures import GOODS, good
from zhanggui.studio import pictures
from zhanggui.studio.cutting import Cutout, cut, evened, study
from zhanggui.studio.pictures import Pixels

EVERY = 3


@pytest.fixture(scope="module")
def frames() -> dict[str, Pixels]:
    found = {}
    for path in sorted((GOODS / "mug" / "frames").glob("*.webp"))[::EVERY]:
        rgb, _ = pictures.read(path)
        small = cv2.resize(rgb, (400, 400), interpolation=cv2.INTER_AREA)
        found[path.name] = np.asarray(small, dtype=np.uint8)
    return found


def test_good_frames_stay_in_the_order_of_their_numbers(frames: dict[str, Pixels]):
    named = {f"view {i}.webp": rgb for i, rgb in enumerate(frames.values())}

    found = study(list(named.items())[::-1])

    assert found.order == tuple(named)
    assert found.dropped == {}


def test_the_hero_shows_the_label_and_the_handle(frames: dict[str, Pixels]):
    """The label is in front at frame 0; the handle stands out until it turns away."""
    found = study(list(frames.items()))

    assert found.hero in ("000.webp", "003.webp", "033.webp")
    assert len(found.details) == 4
    assert found.hero not in found.details
    assert len(set(found.details)) == 4


@pytest.mark.parametrize("reason", ["blurred", "cut_off", "exposure", "different", "duplicate"])
def test_a_bad_frame_is_dropped_for_its_reason(frames: dict[str, Pixels], reason: str):
    rgb = frames["012.webp"]
    other, _ = good("teapot", "frames", "003")
    spoiled = {
        "blurred": lambda: cv2.GaussianBlur(rgb, (0, 0), 2.5),
        "cut_off": lambda: np.roll(rgb, 160, axis=1),
        "exposure": lambda: (rgb * 0.55).astype(np.uint8),
        "different": lambda: cv2.resize(other, (400, 400), interpolation=cv2.INTER_AREA),
        "duplicate": lambda: frames["009.webp"].copy(),
    }[reason]()

    found = study([*(frames | {"012.webp": np.asarray(spoiled, np.uint8)}).items()])

    assert found.dropped == {"012.webp": reason}
    assert "012.webp" not in found.order


def test_an_even_set_is_left_alone_and_a_tinted_frame_brought_back(frames: dict[str, Pixels]):
    tinted = np.clip(np.round(frames["012.webp"] * [0.94, 0.97, 0.99]), 0, 255).astype(np.uint8)

    found = study([*(frames | {"012.webp": tinted}).items()])

    assert "012.webp" in found.order
    whole = Cutout(tinted, np.full(tinted.shape[:2], 255, np.uint8), 1.0, "alpha")
    back = evened(whole, found.gains["012.webp"]).rgb
    corner = np.s_[:30, :30]
    before = np.abs(tinted[corner].mean((0, 1)) - frames["012.webp"][corner].mean((0, 1))).max()
    after = np.abs(back[corner].mean((0, 1)) - frames["012.webp"][corner].mean((0, 1))).max()
    assert after < 0.4 * before
    others = [gains for name, gains in found.gains.items() if name != "012.webp"]
    assert max(abs(gain - 1) for gains in others for gain in gains) < 0.02


def test_a_smaller_frame_is_scaled_to_its_fellows(frames: dict[str, Pixels]):
    height, width = 400, 400
    rgb = frames["012.webp"]
    small = cv2.resize(rgb, None, fx=0.97, fy=0.97, interpolation=cv2.INTER_AREA)
    down, right = height - small.shape[0], width - small.shape[1]
    padded = cv2.copyMakeBorder(small, down // 2, down - down // 2, right // 2,
                                right - right // 2, cv2.BORDER_REPLICATE)  # fmt: skip

    found = study([*(frames | {"012.webp": np.asarray(padded, np.uint8)}).items()])

    assert found.scales["012.webp"] == pytest.approx(1 / 0.97, abs=0.012)
    assert found.scales["015.webp"] == pytest.approx(1, abs=0.012)
    lone, fellow = cut(np.asarray(padded, np.uint8)), cut(rgb)
    even = evened(lone, scale=found.scales["012.webp"])
    assert even.box.height == pytest.approx(fellow.box.height, abs=3)
    assert lone.box.height < fellow.box.height - 4
    assert even.box.bottom == pytest.approx(lone.box.bottom, abs=2)


def test_one_frame_is_the_hero(frames: dict[str, Pixels]):
    found = study([("only.jpg", frames["000.webp"])])

    assert found.hero == "only.jpg"
    assert found.details == ()
    assert found.order == ("only.jpg",)


def test_without_frames_there_is_nothing_to_study():
    with pytest.raises(ValueError, match="no frames"):
        study([])
