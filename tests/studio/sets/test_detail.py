"""The detail page as a long picture and as HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.studio.sets._goods import FACTS, copy, still, views
from zhanggui.studio.channels import channel
from zhanggui.studio.copywriting import write
from zhanggui.studio.facts import Facts
from zhanggui.studio.lettering import contrast
from zhanggui.studio.pictures import Box
from zhanggui.studio.sets import detail


class _Reader(HTMLParser):
    """Collects elements and text, and checks that every element is closed in order."""

    _VOID = frozenset({"meta", "img"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data.strip())


@pytest.fixture(scope="module")
def page() -> detail.DetailPage:
    return detail.make(
        FACTS, copy(), views(), [still(), still(700)], promises=["每天16:00前付款当天发出"]
    )


def test_slices_are_750_wide_and_as_high_as_the_channel_takes(page: detail.DetailPage) -> None:
    limit = channel(detail.CHANNEL).most_height or 0
    for piece in page.slices:
        assert piece.picture.shape[1] == 750
        assert piece.picture.shape[0] <= limit


def test_texts_keep_apart_and_read_well(page: detail.DetailPage) -> None:
    for piece in page.slices:
        boxes = [Box(*text.box) for text in piece.texts]
        height, width = piece.picture.shape[:2]
        for place, box in enumerate(boxes):
            assert Box(0, 0, width, height).holds(box)
            assert not any(box.overlaps(other) for other in boxes[place + 1 :])
        assert all((text.contrast or 0) >= contrast.ENOUGH for text in piece.texts)


def test_every_fact_is_told_once_in_the_table_and_the_price_exactly(
    page: detail.DetailPage,
) -> None:
    said = [text.text for text in page.texts]
    assert "¥59.50" in said
    assert {"380ml", "苔绿", "8.4cm"} <= set(said)
    assert "每天16:00前付款当天发出" in said
    assert any("烤箱" in text for text in said)


def test_the_page_is_whole_html_with_its_pictures_beside_it(page: detail.DetailPage) -> None:
    read = _Reader(page.html)
    assert read.open == []
    pictures = [attributes for tag, attributes in read.seen if tag == "img"]
    assert {each["src"] for each in pictures} == set(page.pictures)
    assert all(each["alt"] for each in pictures)
    assert not any("http" in (each["src"] or "") for each in pictures)
    tags = [tag for tag, _ in read.seen]
    assert tags.count("h1") == 1
    assert "table" in tags
    assert "¥59.50" in read.words


def test_nothing_a_shop_writes_becomes_markup() -> None:
    known = Facts(
        product_id="x", title='<img src=x onerror=1>"杯', attributes={"材质": "<script>瓷</script>"}
    )
    read = _Reader(detail.make(known, write(known), views(1)).html)
    assert "script" not in [tag for tag, _ in read.seen]
    assert not any("onerror" in attributes for _, attributes in read.seen)


def test_without_facts_the_page_has_no_empty_sections() -> None:
    bare = Facts(product_id="x", title="保温杯")
    page = detail.make(bare, write(bare), views(1))
    assert {piece.name for piece in page.slices} <= {"hero", "story"}
    assert "店铺承诺" not in page.html


def test_a_long_table_is_cut_between_rows() -> None:
    many = FACTS.model_copy(update={"attributes": {f"参数{n}": f"第{n}项的值" for n in range(40)}})
    page = detail.make(many, write(many), views(1))
    rows = [text for text in page.texts if text.slot == "spec_value"]
    assert len(rows) == 41
