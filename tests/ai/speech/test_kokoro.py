"""The neural voice: itself, and how it bears an engine that fails."""

import asyncio
from itertools import pairwise

import numpy as np
import pytest

from zhanggui.ai.speech import kokoro
from zhanggui.ai.speech.kokoro import SAMPLE_RATE, Kokoro
from zhanggui.ai.speech.voices import SpeechFault

_HEAD = """
MAX_MEMORY, MAX_CPU_SECONDS = 1 << 32, 60
def reason(error, data):
    return "broken"
def answer(request, data):
"""


@pytest.fixture
def stand_in(monkeypatch, tmp_path):
    """Puts a worker of these lines in the model's place."""

    def put(*lines: str) -> None:
        worker = tmp_path / "worker.py"
        worker.write_text(_HEAD + "".join(f"    {line}\n" for line in lines))
        monkeypatch.setattr(kokoro, "_WORKER", worker)

    return put


async def test_it_speaks_and_says_when():
    text = "保温杯到手价128.50元，Type-C接口。"
    spoken = await Kokoro(threads=1).speak(text)
    sound = np.frombuffer(spoken.pcm, "<i2") / 32767
    assert spoken.sample_rate == SAMPLE_RATE
    assert 3 < spoken.seconds < 8
    assert 0.03 < float(np.sqrt((sound**2).mean())) < 0.25
    assert float(np.abs(sound).max()) < 0.99
    words = spoken.words
    assert [word.text for word in words] == [
        *"保温杯到手价", "128.50元", "Type", "C", *"接口",
    ]  # fmt: skip
    assert all(a.start_s <= a.end_s <= b.start_s + 0.001 for a, b in pairwise(words))
    assert words[0].start_s < 0.4
    assert spoken.seconds - 0.6 < words[-1].end_s <= spoken.seconds
    price = words[6]
    assert price.end_s - price.start_s > 3 * (words[0].end_s - words[0].start_s)
    # It is loud where a character is said to be heard.
    for word in words:
        part = sound[int(word.start_s * SAMPLE_RATE) : int(word.end_s * SAMPLE_RATE)]
        assert float(np.abs(part).max()) > 0.02


async def test_clauses_follow_each_other(stand_in):
    stand_in(
        "import struct",
        "for tokens in request['clauses']:",
        "    lasts = [4] + [2] * len(tokens) + [4]",
        "    silence = struct.pack('<h', 0) * 2400",
        "    yield silence + struct.pack('<h', 9000) * 1200 * len(tokens) + silence, lasts",
    )
    spoken = await Kokoro().speak("好。好。")
    first, second = spoken.words
    kept_s = 0.04
    # x a u ↓ and the mark with its blank.
    length_s = 4 * 2 * 600 / SAMPLE_RATE
    assert first.start_s == pytest.approx(kept_s, abs=0.002)
    assert first.end_s == pytest.approx(kept_s + length_s, abs=0.002)
    assert second.start_s - first.start_s == pytest.approx(spoken.seconds / 2, abs=0.002)


@pytest.mark.parametrize(
    "lines",
    [
        ["import os", "os.abort()", "yield ()"],
        ["raise ValueError", "yield ()"],
        ["yield b'', [0]", "import os", "os._exit(0)"],
    ],
)
async def test_an_engine_that_fails_is_a_fault_and_no_more(stand_in, lines):
    stand_in(*lines)
    with pytest.raises(SpeechFault, match="broken"):
        await Kokoro().speak("你好。再见。")


async def test_an_engine_that_says_nothing_is_a_fault(stand_in):
    stand_in("for _ in request['clauses']:", "    yield bytes(2000), [1]")
    with pytest.raises(SpeechFault, match="silent"):
        await Kokoro().speak("你好")


async def test_whoever_goes_away_leaves_the_engine_to_the_next(stand_in):
    stand_in(
        "import time",
        "for _ in request['clauses']:",
        "    yield bytes([0, 60]) * 2400, [1, 2, 2, 2]",
        "    time.sleep(0.05)",
    )
    voice = Kokoro()
    gone = asyncio.create_task(voice.speak("好。" * 1000))
    await asyncio.sleep(0.2)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert (await voice.speak("好。")).words


def test_it_is_there_when_all_of_it_is(monkeypatch):
    assert Kokoro().is_there()
    monkeypatch.setattr(kokoro, "_NEEDS", ("numpy", "a_wheel_that_nobody_made"))
    assert not Kokoro().is_there()
