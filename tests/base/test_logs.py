"""Nothing personal reaches the logs, by whatever way it comes."""

from __future__ import annotations

import io
import logging
import sys

import pytest
import structlog

from zhanggui.base import logs
from zhanggui.base.settings import Settings


@pytest.fixture
def written(monkeypatch, tmp_path):
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure(Settings(data=tmp_path, log_json=True))
    yield stream
    root.handlers, root.level = before, level
    structlog.reset_defaults()


PHONE, EMAIL = "13812345678", "zhang@example.com"


def test_phones_and_mails_are_scrubbed_wherever_they_stand(written):
    log = structlog.get_logger("test")
    log.info("order", note=f"call {PHONE}", who={"mail": [EMAIL]}, error=ValueError(PHONE))
    logging.getLogger("library").warning("sent to %s about %s", EMAIL, PHONE)
    text = written.getvalue()
    assert "order" in text
    assert "library" in text
    assert PHONE not in text
    assert EMAIL not in text


def test_an_exception_is_told_without_its_message(written):
    try:
        raise KeyError("张小明")
    except KeyError:
        structlog.get_logger("test").exception("failed")
        logging.getLogger("library").exception("failed too")
    text = written.getvalue()
    assert "KeyError" in text
    assert "test_logs.py" in text
    assert "张小明" not in text
