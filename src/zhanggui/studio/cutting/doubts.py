"""What may make a mask doubtful, in words."""

from __future__ import annotations

from zhanggui.base.words import Text

DOUBTS: dict[str, Text] = {
    "empty": Text("没有找到商品", "no product was found"),
    "glass": Text("像是透明的：里外颜色一样", "it seems transparent: alike inside and out"),
    "white_on_white": Text("白底上的白色，边缘难辨", "white on white, its edge is hard to tell"),
    "low_contrast": Text("商品和背景颜色相近", "the product is hardly other than its ground"),
    "weak_edges": Text("抠出的边缘与画面对不上", "the outline does not follow the picture's edges"),
    "busy_ground": Text("背景杂乱", "the ground is busy"),
    "methods_disagree": Text("几种抠法结果不一", "the methods disagree"),
    "left_out": Text(
        "旁边还有清楚的边缘没抠进来，可能缺了一块",
        "sharp edges beside it were left out: a part may be missing",
    ),
    "scattered": Text("抠出了互不相连的几块", "it was found in several pieces"),
    "thin": Text("有细的部分，可能断开", "thin parts may be broken"),
    "touches_edge": Text(
        "商品碰到画面边缘，可能不完整", "it touches the border and may be cut off"
    ),
    "fills_frame": Text("几乎占满画面", "it fills nearly the whole frame"),
    "blurred": Text("模糊，没有用", "blurred, and left out"),
    "cut_off": Text("商品没拍全，没有用", "the product is cut off: left out"),
    "exposure": Text("太亮或太暗，没有用", "too light or too dark: left out"),
    "different": Text("像是另一件商品，没有用", "it seems to be another product: left out"),
    "unreadable": Text("读不了，没有用", "cannot be read: left out"),
    "tiny": Text("商品太小", "it is very small"),
}


def told(doubt: str) -> Text:
    """A doubt's words; a doubt that has none is its own name."""
    return DOUBTS.get(doubt, Text(doubt, doubt))
