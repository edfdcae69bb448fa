"""Type on pictures: open Chinese fonts, shaped and set by skia, broken by the rules of Chinese.

    setting = fit("一杯好茶，慢慢来", Style(weight="black"), (640, 200), smallest=40, largest=120)
    ink = draw(rgb, setting, (60, 80), contrast.ink_for(rgb, box))

A text is set by :func:`fit` or :func:`measure`, which say what room it takes, and laid into an
array by :func:`draw`, which says which pixels it covers. `contrast` measures how well it reads.
"""

from zhanggui.studio.lettering import contrast
from zhanggui.studio.lettering.drawing import Colour, coverage, draw, ink_box
from zhanggui.studio.lettering.setting import Setting, Style, fit, measure

__all__ = [
    "Colour",
    "Setting",
    "Style",
    "contrast",
    "coverage",
    "draw",
    "fit",
    "ink_box",
    "measure",
]
