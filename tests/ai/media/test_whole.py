"""What is cut off is seen to be."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from zhanggui.ai.dashscope.stub import results
from zhanggui.ai.media import whole
from zhanggui.ai.speech import Spoken


def picture(kind):
    kept = io.BytesIO()
    noise = Image.effect_noise((64, 64), 80).convert("RGB")
    noise.save(kept, kind)
    return kept.getvalue()


FILES = [
    (whole.kind_of_picture, picture("PNG"), "png"),
    (whole.kind_of_picture, picture("JPEG"), "jpg"),
    (whole.kind_of_picture, picture("WEBP"), "webp"),
    (whole.kind_of_film, results.film(1, 5), "mp4"),
    (whole.kind_of_sound, results.sound("您好"), "wav"),
]


@pytest.mark.parametrize(("kind_of", "data", "kind"), FILES)
def test_a_whole_file(kind_of, data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize("part", [0.0, 0.02, 0.5, 0.9])
@pytest.mark.parametrize(("kind_of", "data", "kind"), FILES)
def test_one_that_is_cut_off(kind_of, data, kind, part):
    with pytest.raises(ValueError):
        kind_of(data[: int(len(data) * part)])


@pytest.mark.parametrize("kind_of", [whole.kind_of_picture, whole.kind_of_film])
@pytest.mark.parametrize("data", [b"<html>no</html>", b"GIF89a" + bytes(40), bytes(64)])
def test_something_else(kind_of, data):
    with pytest.raises(ValueError):
        kind_of(data)


def test_a_wav_says_how_long_it_lasts():
    sound = Spoken(bytes(2 * 24_000), 24_000, (), "x").wav()
    assert whole.seconds_of_sound(sound) == pytest.approx(1.0)
    streamed = sound[:40] + b"\xff\xff\xff\x7f" + sound[44:]
    assert whole.seconds_of_sound(streamed) == pytest.approx(1.0)
    assert whole.seconds_of_sound(sound[:30]) is None
    assert whole.seconds_of_sound(b"ID3") is None
