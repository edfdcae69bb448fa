"""How long words take."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhanggui.studio.film.timing import LEAST_S, pages, reading_s, shared, weight

_TEXTS = st.text(st.sampled_from("一杯好茶手心，。！、 ABab12"), min_size=1, max_size=90)


def test_more_words_take_longer_and_few_are_still_seen() -> None:
    assert reading_s("好") == LEAST_S
    assert reading_s("一杯好茶，从握在手心开始") > reading_s("一杯好茶")
    assert 1.8 < reading_s("一杯好茶从握在手心里") < 2.4


def test_a_long_caption_is_cut_where_it_pauses() -> None:
    text = "釉面在一千三百度的窑火里烧成，每一只的颜色都不相同，握在手里温润"
    assert pages(text, 20) == ["釉面在一千三百度的窑火里烧成", "每一只的颜色都不相同，握在手里温润"]


@given(_TEXTS, st.floats(6, 30))
def test_pages_have_room_and_lose_no_word(text: str, most: float) -> None:
    found = pages(text, most)
    assert all(weight(page) <= most for page in found)
    kept = "".join(found)
    dropped = [letter for letter in text if letter not in "，。；！？、,;:： "]
    assert [letter for letter in kept if letter not in "，。；！？、,;:： "] == dropped


def test_pages_share_the_time_by_what_there_is_to_read() -> None:
    (first, until), (start, last) = shared(["一二三四", "一二三四五六七八"], 2.0, 5.0)
    assert (first, last) == (2.0, 5.0)
    assert until == start == 3.0
