"""Copy from a product's facts: titles, selling points, a story, a note, a script, short words.

What flows through: facts are read into aspects (`reading`), each aspect is put by a frame of its
kind and trade (`lexicon`, `composing`), and every line is held against the facts (`grounding`) and
against the rules before it is kept (`writing`). A chat model may write in its place; the same
checks hold it.
"""

from zhanggui.studio.copywriting.grounding import Claim, grounded
from zhanggui.studio.copywriting.takes import (
    Copy,
    Line,
    Note,
    Part,
    Point,
    PosterWords,
    Take,
    lines_of,
)
from zhanggui.studio.copywriting.with_model import write_with_model
from zhanggui.studio.copywriting.writing import write

__all__ = [
    "Claim",
    "Copy",
    "Line",
    "Note",
    "Part",
    "Point",
    "PosterWords",
    "Take",
    "grounded",
    "lines_of",
    "write",
    "write_with_model",
]
