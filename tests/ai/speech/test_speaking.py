"""Who speaks, and what is refused."""

import io
import wave

import pytest

from zhanggui.ai.speech import Speech, Spoken, Timed
from zhanggui.ai.speech.voices import LONGEST, SpeechFault
from zhanggui.base.errors import Invalid, Unavailable


class Speaker:
    """Says a tenth of a second, or fails."""

    def __init__(self, name, *, fails=None, there=True):
        self.name, self.fails, self.there = name, fails, there
        self.asked = []

    def is_there(self):
        return self.there

    async def speak(self, text, *, voice="xiaoxiao", speed=1.0):
        self.asked.append((text, voice, speed))
        if self.fails:
            raise self.fails
        return Spoken(bytes(4800), 24000, (Timed(text, 0, 0.1),), self.name)


async def test_the_first_that_is_there_speaks():
    away, first, second = Speaker("a", there=False), Speaker("b"), Speaker("c")
    spoken = await Speech([away, first, second]).speak("你好", voice="yunxi", speed=1.5)
    assert spoken.by == "b"
    assert spoken.missed == ()
    assert first.asked == [("你好", "yunxi", 1.5)]
    assert away.asked == second.asked == []


@pytest.mark.parametrize("fault", [SpeechFault("broken"), OSError("no memory")])
async def test_where_one_fails_the_next_speaks_and_it_is_told(fault):
    spoken = await Speech([Speaker("a", fails=fault), Speaker("b")]).speak("你好")
    assert spoken.by == "b"
    assert spoken.missed == (f"a: {fault}",)


@pytest.mark.parametrize("voices", [[], [Speaker("a", fails=SpeechFault("large"))]])
async def test_where_nobody_speaks_it_says_what_to_install(voices):
    with pytest.raises(Unavailable) as refused:
        await Speech(voices).speak("你好")
    hint = refused.value.hint
    assert hint is not None
    assert "zhanggui[voice]" in hint.zh
    assert "zhanggui[voice]" in hint.en


@pytest.mark.parametrize(
    "given",
    [
        {"text": ""},
        {"text": " \n。！"},
        {"text": "\x00\ud800😊"},
        {"text": "好" * (LONGEST + 1)},
        {"text": "好", "voice": "../../etc/passwd"},
        {"text": "好", "speed": 0.0},
        {"text": "好", "speed": float("nan")},
        {"text": "好", "speed": 9.0},
    ],
)
async def test_what_cannot_be_spoken_is_refused_before_anybody_is_asked(given):
    speaker = Speaker("a")
    with pytest.raises(Invalid):
        await Speech([speaker]).speak(**given)
    assert not speaker.asked


def test_a_wav_file():
    with wave.open(io.BytesIO(Spoken(bytes(4800), 24000, (), "a").wav())) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24000)
        assert file.getnframes() == 2400
