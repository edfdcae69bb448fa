"""Products in folders, as merchants have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhanggui.base.errors import Invalid
from zhanggui.studio.making import find_sources
from zhanggui.studio.making.sources import MOST_FRAMES


def frames(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())
    return folder


def test_a_folder_of_pictures_is_one_product_and_ten_comes_after_nine(tmp_path: Path) -> None:
    folder = frames(tmp_path / "mug", "f10.jpg", "f9.jpg", "f1.JPG", "notes.txt")
    [found] = find_sources([folder])
    assert found.sku == "mug"
    assert [each.name for each in found.frames] == ["f1.JPG", "f9.jpg", "f10.jpg"]
    assert found.facts.product_id == "mug"


def test_a_folder_of_folders_is_as_many_products(tmp_path: Path) -> None:
    frames(tmp_path / "all" / "b", "0.png")
    frames(tmp_path / "all" / "a" / "frames", "0.png", "1.png")
    frames(tmp_path / "all" / "a" / "masks", "0.png")
    assert [(each.sku, len(each.frames)) for each in find_sources([tmp_path / "all"])] == [
        ("a", 2),
        ("b", 1),
    ]


def test_a_picture_alone_is_a_product_with_one_view(tmp_path: Path) -> None:
    frames(tmp_path, "青瓷 杯.webp")
    [found] = find_sources([tmp_path / "青瓷 杯.webp"])
    assert found.sku == "青瓷_杯"


def test_the_frames_folder_itself_is_named_after_the_one_it_lies_in(tmp_path: Path) -> None:
    frames(tmp_path / "vase" / "frames", "0.jpg")
    (tmp_path / "vase" / "product.json").write_text('{"title": "花瓶"}', "utf-8")
    [found] = find_sources([tmp_path / "vase" / "frames"])
    assert (found.sku, found.facts.title) == ("vase", "花瓶")


def test_two_of_one_name_get_folders_of_their_own(tmp_path: Path) -> None:
    one, two = frames(tmp_path / "x" / "cup", "0.jpg"), frames(tmp_path / "y" / "cup", "0.jpg")
    assert [each.sku for each in find_sources([one, two])] == ["cup", "cup-2"]


def test_facts_lie_beside_the_pictures(tmp_path: Path) -> None:
    folder = frames(tmp_path / "mug", "0.jpg")
    facts = {
        "product_id": "p1",
        "title": "马克杯",
        "price_fen": 5900,
        "attributes": {"容量": "350ml"},
    }
    (folder / "product.json").write_text(json.dumps(facts), "utf-8")
    [found] = find_sources([folder])
    assert (found.facts.product_id, found.facts.price_fen) == ("p1", 5900)


@pytest.mark.parametrize("broken", ["{", "[1]", '{"price_fen": -3}', '{"title": {}}'])
def test_broken_facts_are_named_and_nothing_is_guessed(tmp_path: Path, broken: str) -> None:
    folder = frames(tmp_path / "mug", "0.jpg")
    (folder / "product.json").write_text(broken, "utf-8")
    frames(tmp_path / "cup", "0.jpg")
    sources = find_sources([folder, tmp_path / "cup"])
    assert [each.fault is None for each in sources] == [False, True]
    assert sources[0].fault is not None
    assert "product.json" in str(sources[0].fault)
    assert sources[0].fault.where == "mug"


def test_where_there_is_no_picture_it_says_so(tmp_path: Path) -> None:
    frames(tmp_path / "empty", "readme.txt")
    for path in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(Invalid, match=path.name):
            find_sources([path])


def test_the_digest_tells_changed_pictures_and_facts(tmp_path: Path) -> None:
    folder = frames(tmp_path / "mug", "0.jpg")
    [before] = find_sources([folder])
    first = before.digest
    frames(folder, "1.jpg")
    [after] = find_sources([folder])
    assert after.digest != first
    (folder / "product.json").write_text('{"title": "杯"}', "utf-8")
    [told] = find_sources([folder])
    assert told.digest != after.digest


def test_more_frames_than_anybody_shoots_are_left_out(tmp_path: Path) -> None:
    folder = frames(tmp_path / "mug", *(f"{n}.jpg" for n in range(MOST_FRAMES + 5)))
    [found] = find_sources([folder])
    assert len(found.frames) == MOST_FRAMES
