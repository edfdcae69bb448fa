"""What speaks to which kind of model on which kind of server."""

from __future__ import annotations

from zhanggui.ai.language.openai_compatible import OpenAICompatible
from zhanggui.ai.roster import Makers

MAKERS: Makers = {("openai", "chat"): OpenAICompatible}
