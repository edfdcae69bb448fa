"""What the shop knows: answered questions, policies in clauses, and what past conversations teach.

What flows through: records of a shop's files become rows (`sinks`); past conversations become
proposals that wait for a person (`mining`); rows become entries (`corpus`) that are searched by
bigrams, characters and meaning (`signals`, `retrieval`), with a confidence learnt from the shop's
own entries (`calibration`). :class:`Indexes` keeps all this true to the tables.
"""

from zhanggui.knowledge.calibration import Calibrator
from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.indexes import Indexes, ShopIndex, calibrated_for, open_indexes
from zhanggui.knowledge.retrieval import Candidate, Retriever, Way

__all__ = [
    "Calibrator",
    "Candidate",
    "Entry",
    "Indexes",
    "Retriever",
    "ShopIndex",
    "Way",
    "calibrated_for",
    "open_indexes",
]
