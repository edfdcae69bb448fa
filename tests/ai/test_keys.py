"""A stored key is sealed, stays where it was given for, and is never told."""

from __future__ import annotations

import os

import pytest
from pydantic import SecretStr

from zhanggui.ai import configuration, keys
from zhanggui.ai.keys import ModelKeyView
from zhanggui.base.crypto import Cipher, load_cipher
from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings

KEY = "sk-0123456789abcdef-WXYZ"
URL = "https://models.example.com/v1"
FILE = f"""
[providers.cloud]
base_url = "{URL}"

[providers.other]
base_url = "{URL}"
key_env = "A_TEST_API_KEY"
"""


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "models.toml").write_text(FILE)
    return Settings(data=tmp_path)


@pytest.fixture
def cipher(settings):
    return load_cipher(settings)


@pytest.fixture
def read(settings, cipher):
    return lambda: keys.configured(settings, cipher).providers


def test_a_key_is_kept_sealed_and_found_again(settings, cipher, read):
    assert keys.shown(read()["cloud"]) is None
    keys.store(settings, cipher, {"cloud": URL}, SecretStr(KEY))
    path = keys.path_of(settings)
    assert path.name == "models.keys.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert KEY not in path.read_text()
    found = read()["cloud"]
    assert found.key.get_secret_value() == KEY
    assert keys.shown(found) == ModelKeyView(source="stored", last="WXYZ")
    assert KEY not in f"{found!r} {found} {found.model_dump()}"


def test_a_key_goes_to_no_other_address_name_or_house(settings, cipher, read):
    keys.store(settings, cipher, {"cloud": URL}, SecretStr(KEY))
    file = settings.data / "models.toml"
    file.write_text(FILE.replace("models.example.com", "elsewhere.example.com", 1))
    assert keys.shown(read()["cloud"]) == ModelKeyView(source="missing", last=None)
    file.write_text(FILE.replace("[providers.cloud]", "[providers.renamed]"))
    assert read()["renamed"].key is None
    file.write_text(FILE)
    assert read()["cloud"].key is not None
    other = keys.configured(settings, Cipher(os.urandom(32))).providers["cloud"]
    assert other.is_keyless


def test_the_environment_goes_first(settings, cipher, read, monkeypatch):
    assert read()["other"].is_keyless
    keys.store(settings, cipher, {"other": URL}, SecretStr("short"))
    assert keys.shown(read()["other"]) == ModelKeyView(source="stored", last=None)
    monkeypatch.setenv("A_TEST_API_KEY", KEY)
    assert read()["other"].key.get_secret_value() == KEY
    assert keys.shown(read()["other"]) == ModelKeyView(source="env", last="WXYZ")


def test_a_key_that_was_forgotten_is_missed_where_it_is_wanted(settings, cipher, read):
    keys.store(settings, cipher, {"cloud": URL}, SecretStr(KEY))
    assert keys.is_stored(settings, "cloud")
    assert keys.forget(settings, "cloud", is_wanted=True)
    assert not keys.is_stored(settings, "cloud")
    assert read()["cloud"].is_keyless
    assert not keys.forget(settings, "cloud", is_wanted=False)
    assert not read()["cloud"].is_keyless


def test_a_file_that_cannot_be_read_is_named_and_not_quoted(settings, cipher):
    keys.path_of(settings).write_text('{"cloud": ["sk-secret"]}')
    with pytest.raises(Invalid) as raised:
        keys.configured(settings, cipher)
    assert raised.value.where == str(settings.data / "models.keys.json")
    assert "sk-secret" not in f"{raised.value.as_dict()}"


def test_keys_lie_beside_the_file_that_was_named(tmp_path):
    settings = Settings(data=tmp_path, models=tmp_path / "etc" / "qwen.toml")
    assert keys.path_of(settings) == tmp_path / "etc" / "qwen.keys.json"
    assert configuration.path_of(settings).parent == keys.path_of(settings).parent
