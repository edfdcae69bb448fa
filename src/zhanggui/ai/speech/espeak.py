"""The last resort: the program espeak-ng, where somebody installed it.

It is GPL-3 and no part of this project: it is started as a program, given text and read from,
nothing of it is linked or shipped. It sounds like a robot.
"""

from __future__ import annotations

import asyncio
import shutil

from zhanggui.ai.speech.clauses import clauses
from zhanggui.ai.speech.timing import shared
from zhanggui.ai.speech.voices import FEMALE, USUAL, SpeechFault, Spoken, Timed, VoiceName

_PROGRAMS = ("espeak-ng", "espeak")
_WORDS_A_MINUTE = 165
_PATIENCE_S = 20
"""For one clause: it takes a hundredth of a second."""


class Espeak:
    """A :class:`~zhanggui.ai.speech.voices.Voice`. It does not say when a character is heard: a
    clause's time is measured, and shared out among what is written in it by syllables, which is off
    by a syllable or two."""

    name = "espeak-ng"

    def is_there(self) -> bool:
        """Whether the program is on the path."""
        return _program() is not None

    async def speak(self, text: str, *, voice: VoiceName = USUAL, speed: float = 1.0) -> Spoken:
        """A text, spoken."""
        program = _program()
        if program is None:
            raise SpeechFault("broken")
        kind = "cmn+f2" if voice in FEMALE else "cmn"
        pace = str(round(_WORDS_A_MINUTE * speed))
        sound = bytearray()
        words: list[Timed] = []
        rate = 0
        for clause in clauses(text):
            rate, samples = await _run(program, ["-v", kind, "-s", pace], clause.said)
            begins_s = len(sound) / 2 / rate
            words += shared(text, clause, begins_s, len(samples) / 2 / rate)
            sound += samples
            sound += bytes(2 * int(clause.pause_s / speed * rate))
        if not sound:
            raise SpeechFault("silent")
        return Spoken(bytes(sound), rate, tuple(words), self.name)


def _program() -> str | None:
    return next((path for name in _PROGRAMS if (path := shutil.which(name))), None)


async def _run(program: str, options: list[str], said: str) -> tuple[int, bytes]:
    """The sample rate and the samples."""
    process = await asyncio.create_subprocess_exec(
        program, *options, "--stdin", "--stdout",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_PATIENCE_S):
            heard, _ = await process.communicate(said.encode())
    except TimeoutError:
        raise SpeechFault("broken") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    at = heard.find(b"data", 12)
    if process.returncode or heard[:4] != b"RIFF" or at < 0:
        raise SpeechFault("broken")
    # Written to a pipe, the file cannot say how long it is: what follows is all there is.
    samples = heard[at + 8 :]
    return int.from_bytes(heard[24:28], "little"), samples[: len(samples) // 2 * 2]
