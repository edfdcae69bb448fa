"""What speaks to which kind of model on which kind of server."""

from __future__ import annotations

from zhanggui.ai.dashscope.films import Films
from zhanggui.ai.dashscope.pictures import Pictures
from zhanggui.ai.dashscope.texts import Embeddings, Rerankings
from zhanggui.ai.dashscope.voices import Voices
from zhanggui.ai.language.openai_compatible import OpenAICompatible
from zhanggui.ai.roster import Makers

MAKERS: Makers = {
    ("openai", "chat"): OpenAICompatible,
    ("dashscope", "image"): Pictures,
    ("dashscope", "video"): Films,
    ("dashscope", "speech"): Voices,
    ("dashscope", "embed"): Embeddings,
    ("dashscope", "rerank"): Rerankings,
}
