"""A worker in a process of its own: what it answers, and how it may end."""

from __future__ import annotations

import subprocess
from contextlib import closing

import pytest

from zhanggui.base import confined

WORKER = """
import os

MAX_MEMORY = 512 << 20
MAX_CPU_SECONDS = 2


def answer(request, data):
    yield ("got", request["word"], len(data))
    if request["word"] == "eat":
        yield ("eaten", len(bytearray(4 << 30)))
    if request["word"] == "die":
        os._exit(3)
    if request["word"] == "spin":
        while True:
            pass
    if request["word"] == "fail":
        raise ValueError("odd")


def reason(error, data):
    return f"{type(error).__name__} {data.decode()}"
"""


@pytest.fixture
def worker(tmp_path):
    path = tmp_path / "worker.py"
    path.write_text(WORKER)
    return path


def test_it_answers_with_what_it_was_given(worker):
    asked = confined.frames(worker, [], {"word": "碗"}, b"\r\n\0" * 100_000)
    assert list(asked) == [("got", "碗", 300_000)]


@pytest.mark.parametrize(
    ("word", "reason"),
    [("eat", "large"), ("die", "broken"), ("spin", "broken"), ("fail", "ValueError x")],
)
def test_however_it_fails_is_told_in_a_word(worker, word, reason):
    found = confined.frames(worker, [], {"word": word}, b"x")
    assert next(found) == ("got", word, 1)
    with pytest.raises(confined.Stopped) as told:
        next(found)
    assert told.value.reason == reason


def test_who_leaves_early_leaves_no_process(worker, monkeypatch):
    started = []
    popen = subprocess.Popen

    def watched(*args, **named):
        started.append(popen(*args, **named))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)
    with closing(confined.frames(worker, [], {"word": "spin"}, b"")) as found:
        next(found)
    assert started[0].returncode is not None
