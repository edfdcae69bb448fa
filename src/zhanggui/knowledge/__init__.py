"""What the shop knows: answered questions, policies in clauses, and what past conversations teach.

What flows through: records of a shop's files become rows (`sinks`); past conversations become
proposals that wait for a person (`mining`); rows become entries (`corpus`) that are searched by
bigrams, characters and meaning (`signals`, `retrieval`); what a clause says that can be computed
with is read from it (`clauses`). :class:`Indexes` keeps all this true to the tables.
"""

from zhanggui.knowledge.corpus import Entry
from zhanggui.knowledge.indexes import Indexes, ShopIndex, open_indexes
from zhanggui.knowledge.retrieval import Candidate, Retriever, Search, Way
from zhanggui.knowledge.signals import Signals
from zhanggui.knowledge.spelling import Speller

__all__ = [
    "Candidate",
    "Entry",
    "Indexes",
    "Retriever",
    "Search",
    "ShopIndex",
    "Signals",
    "Speller",
    "Way",
    "open_indexes",
]
