"""The fonts: Noto Sans and Noto Serif (SIL Open Font License), each out of a Python package.

The bold and the black sans are cuts whose own forms are the traditional ones (臺灣): they hold the
simplified forms as well, which the locale `zh-Hans` calls up by the font's `locl` table. The serif
comes in one weight; its heavier ones are drawn with a thickened outline.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import skia

from zhanggui.base.errors import Unavailable
from zhanggui.base.words import Text

Family = Literal["sans", "serif"]
Weight = Literal["regular", "bold", "black"]

LOCALE = "zh-Hans"
ASCENT, DESCENT = 0.88, 0.12
"""The em box of these fonts, above and under the baseline, in em."""
TAIL = 0.26
"""How far the lowest of the Latin letters reach under the baseline, in em."""

_FILES: dict[tuple[Family, Weight], tuple[str, str]] = {
    ("sans", "regular"): ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),
    ("sans", "bold"): ("cvttf_NotoSansCJK_Bold", "NotoSansCJKtc-Bold.otf"),
    ("sans", "black"): ("cvttf_NotoSansCJK_Black", "NotoSansCJKtc-Black.otf"),
    ("serif", "regular"): ("pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf"),
}
_THICKENED: dict[Weight, float] = {"regular": 0.0, "bold": 0.026, "black": 0.05}


def file(family: Family, weight: Weight) -> Path:
    """The font's file; a serif is the regular one whatever its weight."""
    package, name = _FILES.get((family, weight), _FILES[(family, "regular")])
    found = find_spec(package)
    if found is None or found.origin is None:
        raise Unavailable(
            Text("没有找到中文字体 {name}", "the Chinese font {name} is not there").format(
                name=name
            ),
            hint=Text("请重新安装掌柜的依赖", "install the dependencies of zhanggui again"),
            where=package,
        )
    return Path(found.origin).parent / name


def thickening(family: Family, weight: Weight) -> float:
    """The width in em of the outline that makes a weight of a font that lacks it."""
    return 0.0 if (family, weight) in _FILES else _THICKENED[weight]


def name(family: Family, weight: Weight) -> str:
    """The name under which :func:`collection` knows the font."""
    return f"{family}-{weight}" if (family, weight) in _FILES else f"{family}-regular"


@lru_cache(maxsize=1)
def collection() -> skia.textlayout.FontCollection:
    """These fonts and no others: what the machine has installed changes no picture."""
    provider = skia.textlayout.TypefaceFontProvider()
    for family, weight in _FILES:
        face = skia.Typeface.MakeFromFile(str(file(family, weight)))
        provider.registerTypeface(face, name(family, weight))
    found = skia.textlayout.FontCollection()
    found.setDefaultFontManager(provider)
    return found


@lru_cache(maxsize=4)
def has(family: Family, weight: Weight) -> frozenset[int]:
    """The code points the font can draw."""
    face = skia.Typeface.MakeFromFile(str(file(family, weight)))
    everything = [code for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    glyphs = face.unicharsToGlyphs(everything)
    return frozenset(code for code, glyph in zip(everything, glyphs, strict=True) if glyph)
