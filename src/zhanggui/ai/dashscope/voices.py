"""A voice: qwen-tts, which answers with the sound itself or the address of one."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.dashscope.calling import Server, used_of
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.media import whole
from zhanggui.ai.media.protocols import Sound, SpeechRequest

_PATH = "/services/aigc/multimodal-generation/generation"
_TRIES = 3


class Voices:
    """A model that speaks; a :class:`~zhanggui.ai.media.protocols.Speaking`."""

    def __init__(self, name: str, model: Model, provider: Provider) -> None:
        self.name = name
        self._model = model
        self._server = Server(model, provider)

    async def speak(self, request: SpeechRequest) -> Sound:
        """The sound; raises ModelFault."""
        given: dict[str, Any] = {"text": request.text, **self._model.extra}
        if voice := request.voice or self._model.voice:
            given["voice"] = voice
        answer = await self._server.post(_PATH, {"model": self._model.model, "input": given})
        used = used_of(answer)
        output = answer.get("output")
        audio = output.get("audio") if isinstance(output, dict) else None
        if not isinstance(audio, dict):
            raise ModelFault("broken", used=used)
        try:
            sound = await self._sound(audio)
            kind = whole.kind_of_sound(sound)
        except (ModelFault, ValueError, binascii.Error):
            raise ModelFault("lost", used=used) from None  # It is paid all the same.
        return Sound(sound, kind, self.name, used)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._server.close()

    async def _sound(self, audio: dict[str, Any]) -> bytes:
        if data := audio.get("data"):
            return base64.b64decode(data, validate=True)
        for tries in range(1, _TRIES + 1):
            try:
                sound = await self._server.download(str(audio.get("url")))
                whole.kind_of_sound(sound)
            except (ModelFault, ValueError):
                if tries == _TRIES:
                    raise
            else:
                return sound
        raise AssertionError
