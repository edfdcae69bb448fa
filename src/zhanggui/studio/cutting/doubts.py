"""What may make a mask doubtful, in words."""

from __future__ import annotations

from zhanggui.base.words import Text

UNUSED = "unused_"
"""Before a doubt for which a frame is not used at all."""

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
    "blurred": Text("模糊", "it is blurred"),
    "cut_off": Text("商品没拍全", "the product is cut off"),
    "exposure": Text("太亮或太暗", "it is too light or too dark"),
    "different": Text("像是另一件商品", "it seems to be another product"),
    "unreadable": Text("读不了", "it cannot be read"),
    "tiny": Text("商品太小", "it is very small"),
}


def told(doubt: str) -> Text:
    """A doubt's words; a doubt that has none is its own name."""
    if doubt.startswith(UNUSED):
        why = told(doubt.removeprefix(UNUSED))
        return Text(f"{why.zh}，没有用", f"{why.en}: left out")
    return DOUBTS.get(doubt, Text(doubt, doubt))
