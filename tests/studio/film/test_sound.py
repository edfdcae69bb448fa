"""Music, loudness and the mixture with a voice."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from zhanggui.studio.film.encoding import SAMPLE_RATE
from zhanggui.studio.film.loudness import CEILING, SILENT, levelled, limited, lufs
from zhanggui.studio.film.mixing import LOUD, mixed
from zhanggui.studio.film.music import MOODS, MoodName, compose, mood_for, play
from zhanggui.studio.film.music.composing import Note


def _tone(hertz: float, loud: float, seconds: float = 3.0) -> np.ndarray:
    wave = loud * np.sin(2 * np.pi * hertz * np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE)
    return np.stack([wave, wave]).astype(np.float32)


def test_loudness_is_that_of_the_standards_own_example() -> None:
    # BS.1770-4: 0 dBFS of 997 Hz in one channel is −3.01 LKFS; in both it is 3.01 more.
    assert lufs(_tone(997, 1.0)) == pytest.approx(0.0, abs=0.05)
    assert lufs(_tone(997, 0.1)) == pytest.approx(-20.0, abs=0.05)
    assert lufs(_tone(50, 0.1)) < -22
    assert lufs(np.zeros((2, SAMPLE_RATE), np.float32)) == SILENT


def test_pauses_do_not_make_a_sound_quieter() -> None:
    tone = _tone(997, 0.1)
    paused = np.concatenate([tone, np.zeros_like(tone), tone], axis=1)
    assert lufs(paused) == pytest.approx(lufs(tone), abs=0.3)


def test_limiting_leaves_what_is_quiet_and_holds_what_is_not() -> None:
    quiet = _tone(440, 0.5)
    assert np.allclose(limited(quiet), quiet, atol=1e-6)
    loud = _tone(440, 0.4)
    loud[:, 30_000:30_100] *= 4
    held = limited(loud)
    assert np.abs(held).max() <= CEILING + 1e-5
    assert np.allclose(held[:, :29_000], loud[:, :29_000], atol=1e-6)


def test_silence_stays_silent() -> None:
    silence = np.zeros((2, SAMPLE_RATE), np.float32)
    assert not levelled(silence, -15).any()


@pytest.mark.parametrize("name", list(MOODS))
def test_every_mood_is_as_long_as_asked_and_neither_clips_nor_stops(name: MoodName) -> None:
    piece = compose(MOODS[name], 11.0, np.random.default_rng(5))
    sound = mixed(play(piece), [])
    assert sound.shape == (2, 11 * SAMPLE_RATE)
    assert np.abs(sound).max() <= CEILING + 1e-5
    assert lufs(sound) == pytest.approx(LOUD, abs=0.6)
    seconds = sound[:, : 10 * SAMPLE_RATE].reshape(2, 10, -1)
    assert np.sqrt((seconds**2).mean(axis=(0, 2))).min() > 0.02
    assert np.abs(sound.mean()) < 1e-3
    assert np.abs(sound[:, -20:]).max() < 1e-3


@pytest.mark.parametrize("name", list(MOODS))
def test_a_tune_is_in_its_key_and_ends_at_home(name: MoodName) -> None:
    mood = MOODS[name]
    piece = compose(mood, 14.0, np.random.default_rng(9))
    for key in mood.keys:
        allowed = {
            (key + degree) % 12 for chord in mood.progressions for c in chord for degree in c
        }
        allowed |= {(key + degree) % 12 for degree in mood.scale}
        tones = [note.pitch % 12 for note in piece.notes if note.part in ("tune", "pad")]
        if set(tones) <= allowed:
            last = max(note.start_s for note in piece.notes if note.part == "bass")
            bass = next(n for n in piece.notes if n.part == "bass" and n.start_s == last)
            if bass.pitch % 12 == key % 12:
                return
    pytest.fail("in no key of the mood")


def _leaps(notes: tuple[Note, ...]) -> list[int]:
    tune = [note.pitch for note in notes if note.part == "tune"]
    return [abs(after - before) for before, after in pairwise(tune)]


def test_a_tune_moves_by_steps_a_voice_could_sing() -> None:
    for name, mood in MOODS.items():
        for seed in range(5):
            leaps = _leaps(compose(mood, 14.0, np.random.default_rng(seed)).notes)
            assert max(leaps) <= 12, name
            assert np.mean(leaps) < 5, name


def test_a_seed_decides_what_is_played() -> None:
    mood = MOODS["warm"]
    pieces = [compose(mood, 12.0, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    assert pieces[0] == pieces[1] != pieces[2]
    assert np.array_equal(play(pieces[0]), play(pieces[1]))


def test_music_gives_way_to_a_voice() -> None:
    music = _tone(300, 0.3, 12.0)
    voice = _tone(997, 0.2, 3.0)[0]
    both = mixed(music, [(4.0, voice)])
    spectrum = {
        second: np.abs(np.fft.rfft(both[0, second * SAMPLE_RATE : (second + 1) * SAMPLE_RATE]))[300]
        for second in (1, 5, 9)
    }
    assert spectrum[5] < 0.45 * spectrum[1]
    assert spectrum[9] == pytest.approx(spectrum[1], rel=0.05)
    assert lufs(both) == pytest.approx(LOUD, abs=0.6)


def test_words_choose_a_mood() -> None:
    assert mood_for("春节年货礼盒", 0) == "festive"
    assert mood_for("蓝牙耳机 数码", 3) == "crisp"
    assert {mood_for("没有线索", choice) for choice in range(6)} == set(MOODS)
