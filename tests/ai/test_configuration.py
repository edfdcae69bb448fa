"""A file is read whole or refused in words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from zhanggui.ai import configuration, samples
from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.protocols import Used
from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "models.md"

GOOD = """
[providers.local]
base_url = "http://127.0.0.1:11434/v1/"

[models.small]
provider = "local"
model = "qwen3:4b"

[roles]
fast = ["small"]
"""


def read(text, tmp_path):
    path = tmp_path / "models.toml"
    path.write_text(text, encoding="utf-8")
    return configuration.load(Settings(data=tmp_path))


def test_without_a_file_there_are_no_models(tmp_path):
    assert configuration.load(Settings(data=tmp_path)).models == {}


def test_a_file_that_was_named_must_be_there(tmp_path):
    with pytest.raises(Invalid, match="no such file"):
        configuration.load(Settings(data=tmp_path, models=tmp_path / "elsewhere.toml"))


def test_a_file_is_read(tmp_path):
    found = read(GOOD, tmp_path)
    assert found.of_role("fast") == ["small"]
    assert found.of_role("thinking") == []
    assert found.providers["local"].base_url == "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('provider = "local"', 'provider = "elsewhere"', "elsewhere"),
        ('fast = ["small"]', 'fast = ["large"]', "large"),
        ('fast = ["small"]', 'quick = ["small"]', "quick"),
        ('fast = ["small"]', 'vision = ["small"]', "sees = true"),
        ("http://127", "ftp://127", "base_url"),
        ("http://127", "http://user:secret@127", "base_url"),
        ('model = "qwen3:4b"', 'model = "qwen3:4b"\nprice_read = -1', "price_read"),
        ('model = "qwen3:4b"', 'model = "qwen3:4b"\nprise_read = 1', "prise_read"),
        ("[roles]", "[roles", "TOML"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, before, after, told):
    assert before in GOOD
    with pytest.raises(Invalid) as raised:
        read(GOOD.replace(before, after), tmp_path)
    assert told in raised.value.what.en
    assert "secret" not in raised.value.what.en
    assert raised.value.hint is not None


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('key_env = "sk-123"', "environment variable"),
        ('api_key = "sk-123"', "not a field"),
        ("at_once = 0", "at least 1"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_never_quoted(tmp_path, written, told):
    with pytest.raises(Invalid) as raised:
        read(GOOD.replace("[models.small]", f"{written}\n[models.small]"), tmp_path)
    assert told in raised.value.what.en
    assert "Input" not in raised.value.what.zh
    assert "sk-123" not in f"{raised.value.what} {raised.value.what.en}"
    assert "key_env" in str(raised.value.hint)
    assert raised.value.where == str(tmp_path / "models.toml")


def test_what_a_call_costs_is_rounded_up():
    model = Model(provider="p", model="m", price_read=Decimal("0.15"), price_written=Decimal("1.5"))
    assert model.cost_micro(Used(1_000_000, 0)) == 150_000
    assert model.cost_micro(Used(1, 0)) == 1
    assert model.cost_micro(Used(0, 0)) == 0


def test_the_documentation_shows_the_samples_that_the_program_has():
    shown = [each.split("```")[0] for each in DOCS.read_text("utf-8").split("```toml\n")[1:]]
    assert shown == [samples.text(name) for name in samples.NAMES]
    assert all(samples.read(name).roles for name in samples.NAMES)


@pytest.mark.parametrize(
    ("host", "is_near"),
    [
        ("127.0.0.1", True), ("192.168.1.5", True), ("[::1]", True), ("localhost", True),
        ("ollama", True), ("box.lan", True), ("8.8.8.8", False), ("134744072", False),
        ("0x08080808", False), ("dashscope.aliyuncs.com", False),
    ],
)  # fmt: skip
def test_a_server_is_near_that_stands_in_the_house(host, is_near):
    assert Provider(base_url=f"http://{host}/v1").is_near == is_near
