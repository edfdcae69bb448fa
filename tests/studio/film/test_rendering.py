"""Films, small ones, from the storyboard to the file's bytes."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from tests.studio.film.pieces import CAPTIONS, FACTS, SMALL, scenes, turn
from zhanggui.ai import marking
from zhanggui.ai.marking import Label, Producer, visible
from zhanggui.base.errors import Invalid
from zhanggui.studio.film import Film, Voice, finish, render, storyboard
from zhanggui.studio.film.encoding import SAMPLE_RATE
from zhanggui.studio.lettering import contrast
from zhanggui.studio.pictures import Pixels, Size


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    plan = storyboard(FACTS, CAPTIONS, frames_count=36, seconds=10, seed=3)
    out = tmp_path_factory.mktemp("film") / "film.mp4"
    return render(plan, frames=turn(36), scenes=scenes(), size=SMALL, out=out)


@pytest.fixture(scope="module")
def pictures(film: Film) -> list[Pixels]:
    with av.open(str(film.path)) as file:
        return [np.asarray(f.to_ndarray(format="rgb24"), np.uint8) for f in file.decode(video=0)]


def test_the_file_is_what_every_player_plays(film: Film) -> None:
    data = film.path.read_bytes()
    assert data.find(b"moov") < data.find(b"mdat")
    with av.open(str(film.path)) as file:
        (video,), (audio,) = file.streams.video, file.streams.audio
        context = video.codec_context
        next(file.decode(video))
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.width, context.height) == SMALL
        assert video.sample_aspect_ratio == 1
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert video.average_rate == Fraction(25)
        assert video.duration is not None
        assert audio.duration is not None
        assert audio.time_base is not None
        assert video.time_base is not None
        assert float(video.duration * video.time_base) == film.seconds == 10
        assert float(audio.duration * audio.time_base) == pytest.approx(10, abs=0.05)
        assert (audio.codec_context.name, audio.codec_context.sample_rate) == ("aac", SAMPLE_RATE)
        assert "creation_time" not in {**file.metadata, **video.metadata, **audio.metadata}
    assert not list(film.path.parent.glob("*.part"))


def test_the_same_gives_the_same_bytes(film: Film, tmp_path: Path) -> None:
    again = render(
        film.storyboard,
        frames=turn(36),
        scenes=scenes(),
        size=SMALL,
        out=tmp_path / "again.mp4",
    )
    assert again.path.read_bytes() == film.path.read_bytes()
    assert np.array_equal(again.cover, film.cover)


def test_no_frame_is_black_and_no_picture_jumps_within_a_shot(
    film: Film, pictures: list[Pixels]
) -> None:
    assert len(pictures) == 250
    assert min(picture.mean() for picture in pictures) > 40
    busy = set()
    for shot, start in zip(film.storyboard.shots, film.storyboard.starts(), strict=True):
        first = round(start * 25)
        busy |= set(range(first - 1, first + round(shot.transition.seconds * 25) + 3))
        if shot.kind == "spin":
            busy |= set(range(first, first + round(shot.seconds * 25) + 1))
    # Away from words, which come and go.
    moves = [float(np.abs(a[60:300].astype(int) - b[60:300]).mean()) for a, b in pairwise(pictures)]
    calm = [move for number, move in enumerate(moves, 1) if number not in busy and number > 60]
    assert max(calm) < 6
    assert np.mean(calm) > 0.05


def test_a_spin_shows_the_whole_turn(film: Film, pictures: list[Pixels]) -> None:
    place = next(n for n, shot in enumerate(film.storyboard.shots) if shot.kind == "spin")
    start = round(film.storyboard.starts()[place] * 25) + 14
    middles = [pictures[start + 2 * step][150:320, 110:180].astype(int) for step in range(20)]
    moved = [float(np.abs(one - other).mean()) for one, other in pairwise(middles)]
    assert min(moved) > 2


def test_words_stand_where_no_channel_has_anything_and_can_be_read(
    film: Film, pictures: list[Pixels]
) -> None:
    slots = {shown.slot for shown in film.texts}
    assert slots == {"caption", "card", "mark"}
    for shown in film.texts:
        assert shown.contrast >= 4.5
        assert shown.box.right <= 0.88 * SMALL.width
        assert shown.box.bottom <= 0.8 * SMALL.height
        assert shown.box.top >= 0.1 * SMALL.height - 2
    for shown in film.texts:
        if shown.slot != "caption":
            continue
        picture = pictures[round((shown.start_s + shown.end_s) / 2 * 25)]
        box = shown.box
        part = picture[box.top : box.bottom, box.left : box.right].reshape(-1, 3)
        light = part[part.sum(axis=1) > 3 * 235]
        dark = part[part.sum(axis=1) < 3 * 130]
        assert len(light) > 0.04 * len(part)
        ratio = contrast.ratio((235, 235, 235), tuple(int(c) for c in np.median(dark, axis=0)))  # type: ignore[arg-type]
        assert ratio >= 4.5


def test_texts_that_are_on_together_do_not_overlap(film: Film) -> None:
    for number, one in enumerate(film.texts):
        for other in film.texts[number + 1 :]:
            if one.start_s < other.end_s and other.start_s < one.end_s:
                assert not one.box.overlaps(other.box), (one.text, other.text)


def test_captions_are_on_long_enough_and_one_at_a_time(film: Film) -> None:
    captions = [shown for shown in film.texts if shown.slot == "caption"]
    assert captions
    assert all(shown.end_s - shown.start_s >= 0.8 for shown in captions)
    assert all(one.end_s <= other.start_s for one, other in pairwise(captions))


def test_the_film_begins_with_the_mark_and_takes_the_label(film: Film) -> None:
    (mark,) = [shown for shown in film.texts if shown.slot == "mark"]
    assert mark.text == visible.WORDS
    assert (mark.start_s, mark.end_s) == (0.0, visible.SECONDS)
    label = Label.new(Producer("", "山屿器物"), produce_id="aigc_1")
    finished = finish(film.path.read_bytes(), label)
    assert marking.read(finished) == label


def test_the_end_card_has_the_name_and_the_price(film: Film) -> None:
    card = [shown.text for shown in film.texts if shown.slot == "card"]
    assert FACTS.title in card
    assert "¥129.50" in card


def test_sound_is_as_loud_as_channels_play_it(film: Film) -> None:
    from zhanggui.studio.film.loudness import lufs

    with av.open(str(film.path)) as file:
        parts = [frame.to_ndarray() for frame in file.decode(audio=0)]
    sound = np.concatenate(parts, axis=1).astype(np.float32)
    assert lufs(sound) == pytest.approx(-15, abs=1)
    assert np.abs(sound).max() < 1


def test_one_picture_and_no_scene_are_enough(tmp_path: Path) -> None:
    plan = storyboard(FACTS, CAPTIONS, frames_count=1, seconds=10, seed=8)
    made = render(plan, frames=turn(1), size=Size(240, 426), out=tmp_path / "one.mp4")
    with av.open(str(made.path)) as file:
        means = [f.to_ndarray(format="gray").mean() for f in file.decode(video=0)]
    assert len(means) == 250
    assert min(means) > 40


def test_a_voice_makes_the_film_as_long_as_it_speaks(tmp_path: Path) -> None:
    plan = storyboard(FACTS, CAPTIONS[:3], frames_count=36, seconds=10, seed=1)
    seconds, rate = 3.4, 16_000
    wave = 0.3 * np.sin(2 * np.pi * 220 * np.arange(int(3 * seconds * rate)) / rate)
    times = tuple((number * seconds, (number + 1) * seconds - 0.2) for number in range(3))
    voice = Voice(wave.astype(np.float32), rate, times)
    made = render(
        plan, frames=turn(36), size=Size(240, 426), out=tmp_path / "voice.mp4", voice=voice
    )
    assert made.seconds > 11
    spoken = [shown for shown in made.texts if shown.slot == "caption"]
    assert [round(s.end_s - s.start_s, 2) for s in spoken] == [3.2] * len(spoken)
    assert len(spoken) >= 2


def test_what_cannot_be_filmed_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    plan = storyboard(FACTS, CAPTIONS, frames_count=1, seconds=10, seed=8)
    for frames, size, fps in (([], SMALL, 25), (turn(1), Size(721, 1280), 25), (turn(1), SMALL, 5)):
        with pytest.raises(Invalid) as refused:
            render(plan, frames=frames, size=size, out=tmp_path / "no.mp4", fps=fps)
        assert refused.value.hint is not None
    assert not list(tmp_path.iterdir())
