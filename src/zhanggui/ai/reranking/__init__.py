"""How likely a passage answers a query: one protocol, and the engine that is always there.

`features` says how a passage stands to a query in figures that hold in every shop, `scoring` makes
a probability of them with trees that were learnt.
"""

from zhanggui.ai.reranking.features import Likeness, Rarity
from zhanggui.ai.reranking.passages import Chances, Passage, Reranker
from zhanggui.ai.reranking.scoring import EmbeddedReranker, chances, statement

__all__ = [
    "Chances",
    "EmbeddedReranker",
    "Likeness",
    "Passage",
    "Rarity",
    "Reranker",
    "chances",
    "statement",
]
