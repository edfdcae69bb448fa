"""``zhanggui models`` as a merchant runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.ai.language.server import Does, stub_server

COMMAND = Path(sys.executable).with_name("zhanggui")
FILE = """
[providers.cloud]
base_url = "http://127.0.0.1:9/v1"
key_env = "A_KEY_THAT_NOBODY_SET"

[models.large]
provider = "cloud"
model = "qwen-large"

[roles]
fast = ["large"]
"""


def test_from_no_model_to_one_without_its_key(run, data):
    assert str(data / "models.toml") in run("models", "list").stdout
    (data / "models.toml").write_text(FILE, encoding="utf-8")
    listed = run("models", "list").stdout
    assert "A_KEY_THAT_NOBODY_SET is not set" in listed
    assert "fast (words): no model" in listed
    assert "service.wording v" in run("models", "prompts").stdout
    trial = run("models", "test")
    assert trial.returncode == 1
    assert "✗ large: The variable A_KEY_THAT_NOBODY_SET is not set" in trial.stdout
    (data / "models.toml").write_text(FILE.replace("provider =", "server ="), encoding="utf-8")
    up = run("up", "--port", "0", "--no-demo")
    assert up.returncode == 1
    assert "models.large.provider" in up.stderr


def test_who_asks_hears_whose_words_the_reply_has(run, data):
    assert "words" not in run("ask", "多久发货").stdout
    keyless = FILE.replace('key_env = "A_KEY_THAT_NOBODY_SET"', "")
    (data / "models.toml").write_text(keyless, encoding="utf-8")
    asked = run("ask", "多久发货")
    assert "当天发货" in asked.stdout
    assert "were not used (none answered)" in asked.stdout


def test_budgets_are_shown_and_set_one_by_one(run):
    assert "The whole shop: today 0.00 / no limit" in run("models", "budget").stdout
    run("models", "budget", "--room", "service", "--daily", "5.5")
    shown = run("models", "budget", "--room", "service", "--monthly", "0").stdout
    assert "Service (service): today 0.00 / 5.50, month 0.00 / 0  ✗" in shown
    assert "0.00 / no limit" in run("models", "usage").stdout
    refused = run("models", "budget", "--daily", "much")
    assert refused.returncode == 1
    assert "--daily" in refused.stderr


def test_a_server_is_set_up_without_being_asked_anything(run, data):
    unnamed = run("models", "setup", "--yes")
    assert unnamed.returncode == 1
    assert "--server" in unnamed.stderr
    wrong = run("models", "setup", "--server", "http://127.0.0.1:9/v1", "--yes", "--model", "fast")
    assert "Write fast=NAME" in wrong.stderr
    with stub_server() as stub:
        given = ("models", "setup", "--server", stub.url, "--yes")
        stub.script.extend((Does(), Does(status=401)))
        refused = run(*given, "--model", "fast=qwen-small")
        assert refused.returncode == 1
        assert "the key is wrong" in refused.stdout
        assert not (data / "models.toml").exists()
        done = run(*given, "--json")
    result = json.loads(done.stdout)
    assert result["is_written"]
    assert [each["role"] for each in result["items"]] == ["fast", "thinking", "vision"]
    assert "qwen-vl-small" in (data / "models.toml").read_text()
    run("models", "setup", "--undo")
    assert "qwen-vl-small" in (data / "models.toml.bak").read_text()
