"""A text spoken by a model that plays the role ``voice``, or by the embedded voice."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace

from zhanggui.ai.cache import Cache, Keep, digest
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.masking import Masks
from zhanggui.ai.media import whole
from zhanggui.ai.media.protocols import Sound, Speaking, SpeechRequest
from zhanggui.ai.patience import wait_s
from zhanggui.ai.roster import Player, Purpose, Roster, Sent, configured, nobody
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
        *,
        rng: random.Random,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.roster = roster
        self._cache = cache
        self._speech = speech
        self._rng = rng
        self._sleep = sleep

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
                    spoken = await self._spoken(player, request, purpose, sent, missed)
                    if spoken is not None:
                        return replace(spoken, missed=tuple(missed))
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

    async def _spoken(
        self,
        player: Player,
        request: SpeechRequest,
        purpose: Purpose,
        sent: Sent,
        missed: list[str],
    ) -> Sound | None:
        engine: Speaking = player.engine
        for tries in range(1, 100):
            if not player.door.is_open:
                missed.append(f"{player.name}: left alone")
                return None
            try:
                async with self.roster.call("voice", player, purpose, sent) as entry:
                    spoken = await engine.speak(request)
                    entry.used = spoken.used
                    return replace(spoken, words=_words(request.text, spoken.sound))
            except ModelFault as fault:
                wait = wait_s(fault, tries, self._rng)
                if wait is None:
                    missed.append(f"{player.name}: {fault.kind}")
                    return None
                await self._sleep(wait)
            except Unavailable as error:  # Nothing may be spent; the embedded voice costs nothing.
                missed.append(f"{player.name}: {error.code}")
                return None
        return None


def _words(text: str, sound: bytes) -> tuple[Timed, ...]:
    seconds = whole.seconds_of_sound(sound)
    return spread(text, seconds) if seconds is not None else ()
