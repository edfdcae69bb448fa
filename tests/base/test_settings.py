"""Settings as people write them."""

import pytest
from pydantic import ValidationError

from zhanggui.base.settings import Settings


def test_an_address_may_end_with_a_slash(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHANGGUI_PUBLIC_URL", "https://shop.example/")
    assert Settings(data=tmp_path).public_url == "https://shop.example"
    monkeypatch.delenv("ZHANGGUI_PUBLIC_URL")
    assert Settings(data=tmp_path).public_url is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("postgresql://app:s%40t@db/zhanggui", "postgresql+asyncpg://app:s%40t@db/zhanggui"),
        ("postgres://app@db/zhanggui", "postgresql+asyncpg://app@db/zhanggui"),
        ("postgresql+asyncpg://app@db/zhanggui", "postgresql+asyncpg://app@db/zhanggui"),
        ("postgresql+asyncpg://app@/z?host=/run", "postgresql+asyncpg://app@/z?host=%2Frun"),
        ("sqlite:////srv/shop.db", "sqlite+aiosqlite:////srv/shop.db"),
    ],
)
def test_a_database_is_named_by_its_engine_whichever_driver_the_url_has(tmp_path, written, meant):
    assert Settings(data=tmp_path, database_url=written).resolved_database_url == meant


@pytest.mark.parametrize("written", ["", "shop.db", "mysql://root:secret@db/shop"])
def test_what_names_no_database_we_have_is_refused(tmp_path, written):
    with pytest.raises(ValidationError):
        Settings(data=tmp_path, database_url=written)


def test_an_empty_variable_is_an_unset_one(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHANGGUI_DATABASE_URL", "")
    monkeypatch.setenv("ZHANGGUI_PORT", "")
    assert Settings(data=tmp_path).is_sqlite
    assert Settings(data=tmp_path).port == 8787


def test_a_level_is_known_in_capitals_too(tmp_path, monkeypatch):
    monkeypatch.setenv("ZHANGGUI_LOG_LEVEL", "WARNING")
    assert Settings(data=tmp_path).log_level == "warning"
    monkeypatch.setenv("ZHANGGUI_LOG_LEVEL", "loud")
    with pytest.raises(ValidationError):
        Settings(data=tmp_path)
