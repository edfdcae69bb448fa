"""The base pictures and facts of products, as they lie in folders.

A folder with pictures, or with pictures in `frames/`, is one product; a folder of such folders is
as many; a picture by itself is a product with one view. `product.json` beside the pictures holds
what is known of it (:class:`~zhanggui.studio.facts.Facts`).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio.facts import Facts

ENDINGS = (".jpg", ".jpeg", ".png", ".webp")
FACTS = "product.json"
MOST_FRAMES = 144
_FRAMES = ("frames", "images", "360", "base")
_NO_PICTURES = Text("这里没有图片：{path}", "there is no picture here: {path}")
_GIVE_PICTURES = Text(
    "给出一张图片，或一个装有 JPG、PNG、WebP 图片的文件夹",
    "give a picture, or a folder with JPG, PNG or WebP pictures",
)
_BAD_FACTS = Text("读不懂商品资料 {path}：{fault}", "cannot read the facts in {path}: {fault}")
_MEND_FACTS = Text(
    "它应是 JSON 对象，例如 {example}", "it should be a JSON object such as {example}"
).format(example='{"title": "陶瓷马克杯", "price_fen": 5900, "attributes": {"材质": "陶瓷"}}')


@dataclass(frozen=True)
class Source:
    """One product: the name of its folder in the output, its frames in order, and its facts; where
    these cannot be read, the `fault` with which its making ends."""

    sku: str
    frames: tuple[Path, ...]
    facts: Facts
    fault: Invalid | None = None

    @property
    def digest(self) -> str:
        """Of the frames' names and bytes and the facts."""
        found = hashlib.sha256(self.facts.model_dump_json().encode())
        for path in self.frames:
            found.update(path.name.encode() + b"\0" + path.read_bytes())
        return found.hexdigest()


def find_sources(inputs: Sequence[Path]) -> list[Source]:
    """The products of files and folders; raises Invalid where there are none."""
    found: list[Source] = []
    for path in inputs:
        here = list(_products(path))
        if not here:
            raise Invalid(_NO_PICTURES.format(path=path.name), hint=_GIVE_PICTURES, where="input")
        found += here
    return _named_apart(found)


def _products(path: Path) -> Iterator[Source]:
    if path.is_file() and path.suffix.lower() in ENDINGS:
        yield _source(path.stem, [path], [path.with_suffix(".json"), path.parent / FACTS])
        return
    if not path.is_dir():
        return
    frames = _frames(path)
    if frames:
        name, facts = path.resolve().name, [path / FACTS]
        if name.lower() in _FRAMES:
            name, facts = path.resolve().parent.name, [*facts, path.parent / FACTS]
        yield _source(name, frames, facts)
        return
    for folder in sorted(path.iterdir()):
        if folder.is_dir() and not folder.name.startswith("."):
            yield from _products(folder)


def _frames(folder: Path) -> list[Path]:
    """The pictures of one product in a folder; none where it only holds other folders."""
    inner = (folder / name for name in _FRAMES if folder.name.lower() != name)
    for place in (*inner, folder):
        if place.is_dir() and (found := _pictures(place.iterdir())):
            return found
    return []


def _pictures(paths: Iterable[Path]) -> list[Path]:
    """By the numbers in their names, so that 10 comes after 9."""
    found = [each for each in paths if each.suffix.lower() in ENDINGS and each.is_file()]
    return sorted(found, key=lambda each: (by_number(each.stem), each.name))[:MOST_FRAMES]


def by_number(name: str) -> list[tuple[int, str]]:
    """A key by which 10 comes after 9."""
    parts = re.split(r"(\d{1,18})", name)  # Longer ones Python refuses to read.
    return [(int(part), "") if place % 2 else (-1, part) for place, part in enumerate(parts)]


def _source(name: str, frames: Sequence[Path], facts: Sequence[Path]) -> Source:
    sku = re.sub(r"[^\w.-]+", "_", name).strip("._") or "product"
    for path in facts:
        if path.is_file():
            try:
                return Source(sku, tuple(frames), read_facts(path, sku))
            except Invalid as fault:
                return Source(sku, tuple(frames), Facts(product_id=sku), fault)
    return Source(sku, tuple(frames), Facts(product_id=sku))


def read_facts(path: Path, sku: str) -> Facts:
    """The facts of a file; the product's id is the folder's name where it says none."""
    try:
        given = json.loads(path.read_text("utf-8"))
        return Facts.model_validate({"product_id": sku, **given})
    except (OSError, ValueError, TypeError, ValidationError) as fault:
        said = str(fault).splitlines()[0]
        raise Invalid(
            _BAD_FACTS.format(path=path.name, fault=said), hint=_MEND_FACTS, where=sku
        ) from fault


def _named_apart(sources: Sequence[Source]) -> list[Source]:
    """No two with one name: the second gets a number, for each has a folder of its own."""
    taken: set[str] = set()
    apart = []
    for each in sources:
        name, number = each.sku, 1
        while name.lower() in taken:
            number += 1
            name = f"{each.sku}-{number}"
        taken.add(name.lower())
        apart.append(replace(each, sku=name))
    return apart
