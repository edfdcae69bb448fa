"""What people see, read and hear."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from tests.ai.marking.samples import pixels
from zhanggui.ai.marking import visible
from zhanggui.base.errors import Invalid

sides = st.integers(80, 2600)


@settings(max_examples=40)
@given(sides, sides, st.sampled_from(["top_left", "top_right", "bottom_left", "bottom_right"]))
def test_every_letter_has_a_twentieth_of_the_shorter_side(width, height, corner):
    badge = visible.badge(width, height, corner)
    assert badge.x >= 0
    assert badge.y >= 0
    assert badge.x + badge.image.width <= width
    assert badge.y + badge.image.height <= height
    white: Any = np.asarray(badge.image)[:, :, 0] > 127
    columns = white.any(axis=0)
    # The A is the first of the letters, and lower than the characters.
    first = int(np.argmax(columns))
    behind = first + int(np.argmin(columns[first:]))
    rows = np.flatnonzero(white[:, first:behind].any(axis=1))
    # The uppermost and lowest row may be lighter: a letter's edge lies between two pixels.
    assert rows[-1] - rows[0] + 3 >= min(width, height) * visible.HEIGHT


@pytest.mark.parametrize("shade", [0, 60, 128, 200, 255])
def test_letters_stand_out_on_light_and_on_dark(shade):
    """By WCAG's contrast of the letters with what lies around them, at least 4.5."""
    marked = np.asarray(visible.on_picture(Image.new("L", (400, 300), shade)))[:, :, 0]
    badge = visible.badge(400, 300)
    plate = marked[badge.y + badge.image.height // 2, badge.x + 2]
    assert marked.max() == 255

    def light(value: float) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    assert 1.05 / (light(float(plate)) + 0.05) >= 4.5


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "CMYK"])
def test_what_is_not_under_the_badge_stays(mode):
    picture = Image.new("RGB", (320, 240), "#88aacc")
    picture.paste(pixels(), (10, 10))
    given = picture.convert(mode)
    marked = visible.on_picture(given)
    badge = visible.badge(320, 240)
    assert marked.mode == ("RGBA" if mode == "RGBA" else "RGB")
    before = np.asarray(given.convert("RGB")).copy()
    after = np.asarray(marked.convert("RGB")).copy()
    assert (before != after).any()
    for each in (before, after):
        each[badge.y : badge.y + badge.image.height, badge.x : badge.x + badge.image.width] = 0
    assert (before == after).all()


def test_a_transparent_picture_stays_transparent():
    picture = Image.new("P", (200, 200), 0)
    picture.info["transparency"] = 0
    marked = visible.on_picture(picture)
    assert marked.mode == "RGBA"
    assert marked.getchannel("A").getpixel((0, 0)) == 0


@pytest.mark.parametrize("size", [(40, 40), (20, 900)])
def test_a_picture_too_small_for_words_is_refused(size):
    with pytest.raises(Invalid):
        visible.badge(*size)


def test_the_font_has_every_character_of_the_mark():
    font = ImageFont.truetype(str(visible._FONT), 40)
    missing = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    for character in "AI生成合人工智能":
        assert (font.getmask(character).getbbox(), bytes(font.getmask(character))) != missing


@pytest.mark.parametrize(
    ("text", "edge", "marked"),
    [
        ("好碗", "end", "好碗（AI生成）"),
        ("好碗", "start", "（AI生成）好碗"),
        ("好碗（AI生成）", "end", "好碗（AI生成）"),
        ("好碗。\n本文由人工智能合成", "end", "好碗。\n本文由人工智能合成"),
        ("AI 时代的碗", "start", "（AI生成）AI 时代的碗"),
        ("本文由AI生成" + "。" * 40, "end", "本文由AI生成" + "。" * 40 + "（AI生成）"),
    ],
)
def test_a_text_says_so_once(text, edge, marked):
    assert visible.on_text(text, edge) == marked
    assert visible.on_text(marked, edge) == marked


def test_what_is_said_has_both_parts():
    for words in (visible.spoken(), visible.WORDS):
        assert any(part in words for part in ("人工智能", "AI"))
        assert any(part in words for part in ("生成", "合成"))
    assert visible.RHYTHM == (1, 3, 1, 1)
