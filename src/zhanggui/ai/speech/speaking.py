"""Whoever can speak on this machine, the best first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import structlog

from zhanggui.ai.speech.clauses import clauses
from zhanggui.ai.speech.espeak import Espeak
from zhanggui.ai.speech.kokoro import Kokoro
from zhanggui.ai.speech.voices import (
    FASTEST,
    LONGEST,
    SLOWEST,
    USUAL,
    SpeechFault,
    Spoken,
    Voice,
    VoiceName,
)
from zhanggui.base.errors import Invalid, Unavailable
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

INSTALL = "pip install 'zhanggui[voice]'"


class Speech:
    """The embedded voices of a process."""

    def __init__(self, voices: Sequence[Voice] | None = None) -> None:
        self._voices: list[Voice] = [Kokoro(), Espeak()] if voices is None else list(voices)

    @property
    def best(self) -> Voice | None:
        """The one that is meant to speak."""
        return self._voices[0] if self._voices else None

    def there(self) -> list[Voice]:
        """Those that can speak on this machine, the best first."""
        return [voice for voice in self._voices if voice.is_there()]

    async def speak(self, text: str, *, voice: str = USUAL, speed: float = 1.0) -> Spoken:
        """A text, spoken by the first engine that can.

        Raises Invalid where nothing can be said, the text is longer than `LONGEST`, or there is no
        such voice or speed; Unavailable where nobody speaks, with what to install.
        """
        named = _checked(text, voice, speed)
        missed: list[str] = []
        for engine in self.there():
            try:
                spoken = await engine.speak(text, voice=named, speed=speed)
            except (SpeechFault, OSError) as error:
                log.warning("voice_failed", engine=engine.name, error=str(error))
                missed.append(f"{engine.name}: {error}")
            else:
                return Spoken(
                    spoken.pcm, spoken.sample_rate, spoken.words, spoken.by, tuple(missed)
                )
        raise Unavailable(
            Text("这台机器上没有能用的语音", "There is no voice on this machine"),
            hint=Text(
                f"安装离线语音：{INSTALL}；或安装 espeak-ng 程序（apt install espeak-ng）",
                f"Install the offline voice: {INSTALL}; or the program espeak-ng"
                " (apt install espeak-ng)",
            ),
        )


def _checked(text: str, voice: str, speed: float) -> VoiceName:
    if len(text) > LONGEST:
        raise Invalid(
            Text(f"文字太长，最多 {LONGEST} 字", f"The text is too long, {LONGEST} at most"),
            hint=Text("请分成几段", "Speak it in parts."),
            where="text",
        )
    if not any(True for _ in clauses(text)):
        raise Invalid(
            Text("没有可以念出来的文字", "There is nothing that can be said"), where="text"
        )
    if not SLOWEST <= speed <= FASTEST:
        raise Invalid(
            Text(f"语速要在 {SLOWEST} 到 {FASTEST} 之间", f"Speed is {SLOWEST} to {FASTEST}"),
            where="speed",
        )
    known: tuple[VoiceName, ...] = get_args(VoiceName)
    for each in known:
        if each == voice:
            return each
    names = ", ".join(known)
    raise Invalid(
        Text(f"没有这个声音：{voice}", f"No such voice: {voice}"),
        hint=Text(f"可以用：{names}", f"There are: {names}"),
        where="voice",
    )
