"""Which encoding a text file is in, judged from its bytes."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import BinaryIO

from zhanggui.shop.files.blobs import take

SAMPLE = 1 << 18
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name and the length of the byte order mark before the text."""

    name: str
    bom: int = 0

    @property
    def newline(self) -> bytes:
        """A line feed in this encoding."""
        return "\n".encode(self.name)


def detect(file: BinaryIO) -> Encoding:
    """The encoding of `file`, which is read from its beginning as far as needed.

    UTF-8, UTF-16 and GB18030 (and with it GBK and GB2312) are told apart; a file that is all
    ASCII counts as UTF-8. Text that is broken in places gets the encoding that breaks least.
    """
    sample, _ = take(file, SAMPLE)
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return Encoding(name, len(bom))
    if wide := _utf16(sample):
        return Encoding(wide)
    while sample.isascii() and (more := take(file, SAMPLE)[0]):
        sample = sample[-3:] + more
    if sample.isascii():
        return Encoding("utf-8")
    faults = {name: _faults(sample, name) for name in ("utf-8", "gb18030")}
    return Encoding(min(faults, key=lambda name: faults[name]))


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: commas, digits and line ends leave zeros, and in the right byte
    order nearly every character is one that people write."""
    if sample.count(0) * 100 < len(sample) or len(sample) < 4:
        return None
    shares = {
        name: _usual_share(sample[:65_536].decode(name, "replace"))
        for name in ("utf-16-le", "utf-16-be")
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.8 else None


def _usual_share(text: str) -> float:
    usual = sum(
        1 for c in text if " " <= c <= "~" or c in "\t\r\n" or "\u3000" <= c <= "\u9fff"
    ) + sum(1 for c in text if "\uff00" <= c <= "\uffef" or "\u2010" <= c <= "\u2030")
    return usual / max(len(text), 1)


def _faults(sample: bytes, name: str) -> int:
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        decoder.decode(sample)
    except UnicodeDecodeError:
        return sample.decode(name, "replace").count("\ufffd") + 1
    return 0
