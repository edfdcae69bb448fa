"""Whether posters say what they were given, over random copies.

    python -m bench.posters [COUNT] [--seed N] [--keep FOLDER]

draws COUNT (500) posters of made-up products: copies of all lengths with figures, Latin letters and
marks, in every layout and size, on the demo shop's pictures. Each is read back by OCR (rapidocr)
with the AI mark on it. Counted are: characters read (longest common subsequence of a text and what
is read in its box, as a share of all characters; OCR's own errors count against the poster), prices
read figure by figure, boxes of text that share a pixel with each other, with the product or with
the AI mark, the contrast measured behind each text, and CPU time without OCR. Prints a table and
one JSON object; what was misread is told on standard error.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from zhanggui.ai.marking import visible
from zhanggui.base.errors import Invalid
from zhanggui.studio import posters
from zhanggui.studio.cutting import Cutout, cut
from zhanggui.studio.layout import layouts
from zhanggui.studio.pictures import Box, Pixels, Size, read
from zhanggui.studio.posters import Drawn, PosterWords

PICTURES = Path(__file__).parents[1] / "demo" / "pictures"
SIZES = (Size(800, 800), Size(750, 1000), Size(1242, 1660), Size(1080, 1920), Size(1440, 1440))
CHARACTERS, CONTRAST, SECONDS = 0.98, 4.5, 0.5
_READ_AT = 800
"""The shorter side in pixels at which a poster is read back."""
_SHOWN = (1, 2, 5, 6, 9, 12, 13, 14, 15, 16, 20, 22)

_BRANDS = ("山野", "青禾家居", "NORDIC", "Mori&Co.", "白露", "知秋生活馆", "UNO", "拾光", None)
_NOUNS = (
    "马克杯",
    "保温壶",
    "连衣裙",
    "蓝牙耳机",
    "空气炸锅",
    "护手霜",
    "登山包",
    "坚果礼盒",
    "台灯",
)
_ADJECTIVES = ("轻便", "耐用", "顺滑", "透气", "安静", "小巧", "厚实", "清爽", "柔软", "好打理")
_OPENERS = (
    "把周末过慢一点",
    "出门就靠它",
    "一年四季都合用",
    "轻一点，再轻一点",
    "好好吃饭",
    "晚安，好梦",
)
_CLAUSES = (
    "每天早上多睡10分钟",
    "24小时长效保温",
    "500ml刚好一杯",
    "单手开合，不怕洒",
    "IPX7防水，淋雨也能用",
    "A4文件轻松放",
    "0.8mm薄壁，重量仅180g",
    "可进微波炉与洗碗机",
    "Type-C快充30分钟",
    "3档调光，护着眼睛",
    "头层牛皮，越用越有光泽",
    "100%新疆长绒棉",
    "不添加香精",
    "锅身加厚到2.5mm",
    "两侧各有一只收纳袋",
)
_NAMES = ("材质", "容量", "颜色", "净重", "产地", "尺寸", "功率", "保质期", "适用人群", "洗涤方式")
_VALUES = (
    "304不锈钢",
    "陶瓷",
    "500ml",
    "12.5×8.0×9.6cm",
    "1200W",
    "18个月",
    "江西景德镇",
    "雾蓝 / 米白",
    "成人、学生",
    "30℃以下手洗，不可漂白",
    "95%棉+5%氨纶",
    "260g",
)
_BADGES = ("新品上市", "限时特惠", "年货节", "618大促", "NEW", "第2件半价", None)
_COUPONS = ("满199减20", "领券立减30元", "2件9折", "满300元减40元，可叠加店铺券", "¥15", None)
_LABELS = ("到手价", "券后价", "活动价", None)


@dataclass
class Tally:
    """What was found over all posters."""

    posters: int = 0
    refused: int = 0
    characters: int = 0
    read: float = 0.0
    prices: int = 0
    prices_read: int = 0
    overlaps: int = 0
    faint: int = 0
    least_contrast: float = 21.0
    dropped: int = 0
    cpu: list[tuple[int, float]] = field(default_factory=list)


def copies(count: int, seed: int) -> Iterator[tuple[PosterWords, str, Size, int]]:
    """Random copies with a layout that has what it needs, a size and a seed."""
    random = np.random.default_rng(seed)
    for number in range(count):
        words = _words(random)
        said = words.said()
        fitting = [
            each.id for each in layouts().values() if all(need in said for need in each.needs)
        ]
        size = SIZES[int(random.integers(len(SIZES)))]
        yield words, fitting[number % len(fitting)], size, int(random.integers(2**31))


def _words(random: np.random.Generator) -> PosterWords:
    def some(of: Sequence[Any], least: int, most: int) -> list[Any]:
        return [
            of[at] for at in random.permutation(len(of))[: int(random.integers(least, most + 1))]
        ]

    def one(of: Sequence[Any]) -> Any:
        return of[int(random.integers(len(of)))]

    noun = one(_NOUNS)
    adjectives = "".join(some(_ADJECTIVES, 1, 3))
    long = f"{adjectives}的{noun}，{one(_OPENERS)}"
    headline = (long, one(_OPENERS)) if random.random() < 0.5 else one((one(_OPENERS), long))
    rows = tuple(zip(some(_NAMES, 3, 6), some(_VALUES, 6, 6), strict=False))
    price = int(random.integers(100, 400_000)) if random.random() < 0.9 else None
    if price is not None and random.random() < 0.6:
        price = price // 100 * 100
    return PosterWords(
        headline=headline,
        sub=one(((), (one(_CLAUSES),), (f"{one(_CLAUSES)}，{one(_CLAUSES)}", one(_CLAUSES)))),
        points=tuple(some(_CLAUSES, 1, 4)),
        name=f"{adjectives}{noun}",
        brand=one(_BRANDS),
        badge=one(_BADGES),
        price_fen=price,
        was_fen=round(price * 1.3) if price is not None and random.random() < 0.4 else None,
        price_label=one(_LABELS),
        coupon=one(_COUPONS),
        specs=rows,
        checks=rows[:4],
    )


@lru_cache(maxsize=1)
def _products() -> list[Cutout]:
    found = []
    for number in _SHOWN:
        rgb, alpha = read(PICTURES / f"YX{number:02d}.webp")
        found.append(cut(rgb, alpha, seed=0))
    return found


@lru_cache(maxsize=1)
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(
        params={"Global.log_level": "error", "EngineConfig.onnxruntime.intra_op_num_threads": 1}
    )


def _read(picture: Pixels) -> list[tuple[str, Box]]:
    """The lines OCR finds with their upright boxes."""
    seen = _engine()(np.ascontiguousarray(picture[..., ::-1]))
    if seen.txts is None:
        return []
    return [
        (text, Box(*(int(v) for v in (*corners.min(axis=0), *corners.max(axis=0)))))
        for text, corners in zip(seen.txts, seen.boxes, strict=True)
    ]


def _at(picture: Pixels, scale: float) -> Pixels:
    """As large as a telephone shows it: nobody reads a poster pixel by pixel."""
    if scale == 1:
        return picture
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def plain(text: str) -> str:
    """Without spaces, and with one form for each mark."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).replace("￥", "¥")).lower()


def _within(lines: Sequence[tuple[str, Box]], box: Box) -> list[tuple[str, Box]]:
    grown = Box(box.left - 4, box.top - 4, box.right + 4, box.bottom + 4)
    return [(text, each) for text, each in lines if each.overlaps(grown)]


def lines_in(lines: Sequence[tuple[str, Box]], box: Box) -> list[str]:
    """Each line that was read in a box."""
    return [plain(text) for text, _ in _within(lines, box)]


def said_in(lines: Sequence[tuple[str, Box]], box: Box) -> str:
    """What was read in a box, from top to bottom and from left to right."""
    there = _within(lines, box)
    rows: list[list[tuple[str, Box]]] = []
    for text, each in sorted(there, key=lambda one: one[1].top + one[1].bottom):
        middle = (each.top + each.bottom) / 2
        if rows and rows[-1][-1][1].top <= middle <= rows[-1][-1][1].bottom:
            rows[-1].append((text, each))
        else:
            rows.append([(text, each)])
    return plain(
        "".join(text for row in rows for text, _ in sorted(row, key=lambda one: one[1].left))
    )


def _judge(drawn: Drawn, tally: Tally) -> None:
    marked = visible.on_picture(Image.fromarray(drawn.picture), drawn.corner)
    scale = min(1.0, _READ_AT / min(marked.size))
    lines = [
        (text, Box(*(round(side / scale) for side in box)))
        for text, box in _read(_at(np.asarray(marked.convert("RGB"), np.uint8), scale))
    ]
    height, width = drawn.mask.shape
    badge = visible.badge(width, height, drawn.corner)
    boxes = [Box(badge.x, badge.y, badge.x + badge.image.width, badge.y + badge.image.height)]
    for text in drawn.texts:
        box = Box(*text.box)
        shown, expected = said_in(lines, box), plain(text.text)
        matched = sum(
            each.size
            for each in SequenceMatcher(None, expected, shown, False).get_matching_blocks()
        )
        tally.characters += len(expected)
        tally.read += matched
        if matched < len(expected):
            print(f"  {text.slot}: {expected} → {shown}", file=sys.stderr)
        if text.slot == "price":
            tally.prices += 1
            # Line by line too: the price that is struck out stands beside it.
            number = re.compile(rf"(?<![\d.]){re.escape(expected.removeprefix('¥'))}(?!\d)")
            is_read = any(number.search(each) for each in (shown, *lines_in(lines, box)))
            tally.prices_read += is_read
            if not is_read:
                print(f"  PRICE {expected} → {shown}", file=sys.stderr)
        inside = drawn.mask[box.top : box.bottom, box.left : box.right]
        tally.overlaps += any(box.overlaps(each) for each in boxes) + bool((inside > 25).any())
        boxes.append(box)
        tally.faint += (text.contrast or 0) < CONTRAST
        tally.least_contrast = min(tally.least_contrast, text.contrast or 0)


def main() -> int:
    """Draw, read, count."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    cv2.setNumThreads(1)
    tally = Tally()
    for number, (words, layout, size, seed) in enumerate(copies(given.count, given.seed)):
        product = _products()[number % len(_SHOWN)]
        began = time.process_time()
        try:
            drawn = posters.draw(product, words, layout, size, seed=seed)
        except Invalid as fault:
            tally.refused += 1
            print(f"{number} {layout} {size}: {fault}", file=sys.stderr)
            continue
        tally.cpu.append((size.width * size.height, time.process_time() - began))
        tally.posters += 1
        tally.dropped += bool(drawn.dropped)
        print(f"{number} {layout}/{drawn.arrangement} {tuple(size)} {drawn.style}", file=sys.stderr)
        _judge(drawn, tally)
        if number % 50 == 49:
            _told(tally, given.seed)
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            Image.fromarray(drawn.picture).save(given.keep / f"{number:03d}.png", compress_level=1)
    return _told(tally, given.seed)


def _told(tally: Tally, seed: int) -> int:
    square = [seconds for pixels, seconds in tally.cpu[1:] if pixels == 640_000]
    figures = {
        "posters": tally.posters,
        "seed": seed,
        "refused": tally.refused,
        "with_a_slot_dropped": tally.dropped,
        "characters": tally.characters,
        "characters_read": round(tally.read / max(tally.characters, 1), 4),
        "prices": tally.prices,
        "prices_read": tally.prices_read,
        "overlaps": tally.overlaps,
        "texts_under_4.5": tally.faint,
        "least_contrast": tally.least_contrast,
        "cpu_s_800": round(float(np.mean(square)), 3) if square else None,
        "cpu_s_mean": round(float(np.mean([seconds for _, seconds in tally.cpu])), 3),
    }
    bars = {
        "characters_read": f">= {CHARACTERS}",
        "prices_read": f"= {tally.prices}",
        "overlaps": "= 0",
        "texts_under_4.5": "= 0",
        "least_contrast": f">= {CONTRAST}",
        "cpu_s_800": f"<= {SECONDS}",
    }
    for name, value in figures.items():
        print(f"{name:22} {value!s:>10}   {bars.get(name, '')}", file=sys.stderr)
    print(json.dumps(figures))
    return int(tally.overlaps > 0 or tally.faint > 0)


if __name__ == "__main__":
    sys.exit(main())
