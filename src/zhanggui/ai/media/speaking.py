"""A text spoken by a model that plays the role ``voice``, or by the embedded voice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from zhanggui.ai.cache import Cache, Keep, digest
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.masking import Masks
from zhanggui.ai.media import whole
from zhanggui.ai.media.protocols import Sound, Speaking, SpeechRequest
from zhanggui.ai.retrying import Retrying
from zhanggui.ai.roster import Purpose, Roster, Sent, configured, nobody
from zhanggui.ai.speech.speaking import Speech
from zhanggui.ai.speech.timing import spread
from zhanggui.ai.speech.voices import Timed
from zhanggui.base.errors import Unavailable

PATIENCE_S = 60.0


class Speaker:
    """Who speaks in a process. `speech` is the engine in the program."""

    def __init__(
        self,
        roster: Roster,
        cache: Cache,
        speech: Callable[[], Speech] | None,
        retrying: Retrying,
    ) -> None:
        self.roster = roster
        self._cache = cache
        self._speech = speech
        self._retrying = retrying

    async def speak(
        self,
        request: SpeechRequest,
        purpose: Purpose,
        *,
        patience_s: float = PATIENCE_S,
        keep: Keep | None = None,
    ) -> Sound:
        """The text spoken, or what a model spoke of the same before where `keep` says how old that
        may be. One with private values is spoken only in the shop's own house, for a mark cannot be
        spoken in their place, and is not kept. Where no model speaks, the embedded voice does,
        which says so; raises Unavailable where there is not even that."""
        if keep is None or Masks(request.private).finds(request.text):
            return await self._said(request, purpose, patience_s)
        players = configured(self.roster.of_role("voice"))
        key = digest(done="speech", by=players, text=request.text, voice=request.voice)
        if found := await self._cache.get(purpose.shop_id, key, keep):
            head, _, sound = found.partition(b"\n")
            kind, by = head.decode().split(" ", 1)
            return Sound(sound, kind, by, words=_words(request.text, sound))
        said = await self._said(request, purpose, patience_s)
        if not said.is_embedded:
            head = f"{said.kind} {said.by}\n".encode()
            await self._cache.put(purpose.shop_id, key, head + said.sound, keep)
        return said

    async def _said(self, request: SpeechRequest, purpose: Purpose, patience_s: float) -> Sound:
        masks = Masks(request.private)
        masks.mask(request.text)
        sent = Sent(len(request.text))
        missed: list[str] = []
        try:
            async with asyncio.timeout(patience_s):
                for player in self.roster.of_role("voice"):
                    if masks.counts and not player.is_near:
                        missed.append(f"{player.name}: kept")
                        continue
                    if not player.door.is_open:
                        missed.append(f"{player.name}: left alone")
                        continue
                    engine: Speaking = player.engine
                    try:
                        spoken = await self._retrying.ask(
                            self.roster, "voice", player, purpose, sent,
                            partial(engine.speak, request),
                        )  # fmt: skip
                    except ModelFault as fault:
                        missed.append(f"{player.name}: {fault.kind}")
                    except Unavailable as error:  # The embedded voice costs nothing.
                        missed.append(f"{player.name}: {error.code}")
                    else:
                        words = _words(request.text, spoken.sound)
                        return replace(spoken, words=words, missed=tuple(missed))
        except TimeoutError:
            missed.append("slow")
        return await self._embedded_voice(request, missed)

    async def _embedded_voice(self, request: SpeechRequest, missed: list[str]) -> Sound:
        speech = self._speech() if self._speech is not None else None
        if speech is None or not speech.there():
            raise nobody("voice", missed)
        # It has people of its own: a model's voice is nobody there.
        spoken = await speech.speak(request.text)
        sound = await asyncio.to_thread(spoken.wav)
        told = (*missed, *spoken.missed)
        return Sound(sound, "wav", spoken.by, words=spoken.words, is_embedded=True, missed=told)


def _words(text: str, sound: bytes) -> tuple[Timed, ...]:
    seconds = whole.seconds_of_sound(sound)
    return spread(text, seconds) if seconds is not None else ()
