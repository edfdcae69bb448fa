"""What law and platforms allow: one checker for texts and pictures, which every room may ask.

What flows through: a text, or what is read off a picture (`reading`), is folded to what its
readers hear (`folding`) and searched for claims that may not be made (`claims`), save where the
context makes something else of them (`context`). Out come findings, each with its span, its kind,
the article it offends against (`law`), the reason and a lawful way to say it.
"""

from zhanggui.rules.checking import check
from zhanggui.rules.findings import KINDS, Finding, Kind, Price, Report
from zhanggui.rules.pictures import PictureFinding, PictureReport, check_picture
from zhanggui.rules.reading import Line, read_text
from zhanggui.rules.trades import TRADES

__all__ = [
    "KINDS",
    "TRADES",
    "Finding",
    "Kind",
    "Line",
    "PictureFinding",
    "PictureReport",
    "Price",
    "Report",
    "check",
    "check_picture",
    "read_text",
]
