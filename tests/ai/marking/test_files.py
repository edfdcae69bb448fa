"""A label into every kind of file and out again, and nothing else changed."""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ai.marking.samples import contents, samples
from tests.ai.marking.test_label import labels
from zhanggui.ai import marking
from zhanggui.ai.marking import Label, Producer, files
from zhanggui.base.errors import Invalid

NAMES = (
    "png", "png-palette", "png-text", "jpeg", "jpeg-grey", "jpeg-exif", "webp-lossy",
    "webp-lossless", "webp-alpha", "webp-exif", "webp-moving", "mp4", "mp4-faststart",
    "mp4-titled", "mp4-keyed", "mp4-silent", "wav", "wav-bits", "mp3", "mp3-v3", "mp3-bare",
)  # fmt: skip
LABEL = Label.new(Producer("", "bowls"), produce_id="pic_1")
OTHER = Label.new(Producer("", "plates"), produce_id="pic_2")
each_file = pytest.mark.parametrize("name", NAMES)


def test_every_sample_has_a_test():
    assert set(NAMES) == set(samples())


@each_file
def test_a_label_is_read_back_and_what_is_seen_and_heard_stays(name):
    data = samples()[name]
    assert marking.read(data) is None
    marked = marking.mark(data, LABEL)
    assert marking.read(marked) == LABEL
    assert contents(name, marked) == contents(name, data)


@each_file
def test_a_label_is_replaced_and_not_doubled(name):
    marked = marking.mark(samples()[name], LABEL)
    again = marking.mark(marked, OTHER)
    assert marking.read(again) == OTHER
    assert again.count(b"pic_1") == 0
    assert contents(name, again) == contents(name, marked)
    assert marking.mark(again, LABEL) == marked


@each_file
@settings(max_examples=20)
@given(label=labels)
def test_whatever_a_label_says_is_read_back(name, label):
    assert marking.read(marking.mark(samples()[name], label)) == label


@each_file
def test_a_file_that_ends_too_early_is_refused_or_read(name):
    """What is cut off may be no more than trailing zeros; nothing but Invalid is ever raised."""
    marked = marking.mark(samples()[name], LABEL)
    refused = 0
    for end in [*range(min(len(marked), 400)), *range(400, len(marked), 97)]:
        try:
            marking.mark(marked[:end], OTHER)
        except Invalid:
            refused += 1
    assert refused > 100


@each_file
def test_broken_bytes_are_refused_or_read(name):
    """Nothing but Invalid is raised, whatever bytes a file has."""
    marked = marking.mark(samples()[name], LABEL)
    chance = random.Random(name)
    for _ in range(300):
        bad = bytearray(marked)
        for _ in range(chance.choice((1, 1, 4))):
            place = chance.randrange(min(len(bad), chance.choice((64, 2000, len(bad)))))
            bad[place] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        for using in (marking.read, lambda data: marking.mark(data, OTHER)):
            with contextlib.suppress(Invalid):
                using(bytes(bad))


@given(st.binary(max_size=300), st.sampled_from(NAMES), st.integers(4, 64))
def test_any_bytes_behind_a_beginning_are_refused_or_read(rest, name, length):
    data = samples()[name][:length] + rest
    with contextlib.suppress(Invalid):
        assert marking.read(marking.mark(data, LABEL)) == LABEL


@pytest.mark.parametrize(
    ("source", "exported"), [("png", "jpeg-exif"), ("jpeg", "mp4-titled"), ("wav", "mp3")]
)
def test_an_export_keeps_the_label_of_what_it_was_made_of(source, exported):
    made = marking.mark(samples()[source], LABEL)
    assert marking.read(marking.keep(made, samples()[exported])) == LABEL
    assert marking.keep(samples()[source], samples()[exported]) == samples()[exported]


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"hello", b"\xff\xfb", b"RIFF1234AVI ", b"\0\0\0\x0cftypavif"]
)
def test_a_file_that_is_not_known_is_refused_with_what_is(data):
    with pytest.raises(Invalid) as refused:
        marking.mark(data, LABEL)
    assert refused.value.hint is not None


def test_a_huge_file_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 100)
    with pytest.raises(Invalid, match="too large"):
        marking.mark(samples()["png"], LABEL)
