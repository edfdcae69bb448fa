"""Files to check: texts of several kinds as plain text, pictures as pixels."""

from __future__ import annotations

import html
import io
import re
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.rules.reading import Pixels

if TYPE_CHECKING:
    from PIL import Image

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_PIXELS = 60_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
# What is not closed hides all that follows, as it does in a browser: each is looked at once.
_HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I)
_BLOCK = re.compile(r"</?(?:p|div|br|li|h\d|tr|td|th|section|article|title)\b[^<>]*>", re.I)
_TAG = re.compile(r"<[^<>]+>")
_UNREADABLE = Text("这个文件读不了", "this file cannot be read")
_SEND_OTHER = Text(
    "请换成 txt、md、html、docx 或者 jpg、png、webp",
    "send txt, md, html, docx, or jpg, png, webp in its place",
)


def text_of(name: str, data: bytes) -> str:
    """What a reader of a text file sees; raises Invalid for one that is no text."""
    kind = PurePath(name).suffix.lower()
    if kind == ".docx":
        return _of_docx(name, data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise Invalid(_UNREADABLE, hint=_SEND_OTHER, where=name) from None
    if "\0" in text:
        raise Invalid(_UNREADABLE, hint=_SEND_OTHER, where=name)
    return _shown(text) if kind in (".html", ".htm") else text


def _shown(page: str) -> str:
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", _HIDDEN.sub("", page))))


def _of_docx(name: str, data: bytes) -> str:
    import zlib
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(io.BytesIO(data)) as packed:
            if packed.getinfo("word/document.xml").file_size > LARGEST_BYTES:
                raise Invalid(_UNREADABLE, hint=_SEND_OTHER, where=name)
            written = packed.read("word/document.xml").decode("utf-8")
    except (BadZipFile, zlib.error, KeyError, ValueError, RuntimeError, EOFError, OSError):
        raise Invalid(_UNREADABLE, hint=_SEND_OTHER, where=name) from None
    return html.unescape(_TAG.sub("", re.sub(r"</w:p>|<w:br\s?/>", "\n", written)))


def picture_of(name: str, data: bytes) -> Pixels:
    """A picture as height × width × 3 in RGB; raises Invalid for what is none or too large."""
    from PIL import Image

    from zhanggui.base.upright import upright

    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            if opened.width * opened.height > LARGEST_PIXELS:
                raise Invalid(_UNREADABLE, hint=_SEND_OTHER, where=name)
            return np.asarray(_on_white(upright(opened)))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Invalid(_UNREADABLE, hint=_SEND_OTHER, where=name) from None


def _on_white(picture: Image.Image) -> Image.Image:
    from PIL import Image

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
