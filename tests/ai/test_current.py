"""What is changed in the files holds from the next call on."""

from __future__ import annotations

import asyncio

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from tests.ai.language.conftest import HELLO, PURPOSE
from tests.ai.language.server import ANSWER, Does, models_file, serving
from tests.speakers import Speaker
from zhanggui.ai import current, keys, language_of, roster_of
from zhanggui.ai.opening import current_of, started
from zhanggui.base.runtime import opened


@pytest.fixture
async def stub(settings, monkeypatch):
    monkeypatch.setattr(current, "LOOK_EVERY_S", 0.0)
    async with serving() as stub:
        (settings.data / "models.toml").write_text(models_file(stub.url))
        yield stub


@pytest.fixture
async def runtime(stub, settings, database):
    async with opened(settings) as runtime, started(runtime):
        yield runtime


def rewrite(runtime, before, after):
    path = runtime.settings.data / "models.toml"
    text = path.read_text()
    assert before in text
    path.write_text(text.replace(before, after))


async def test_a_changed_file_holds_and_an_unchanged_one_costs_nothing(runtime, stub):
    before, language = roster_of(runtime), language_of(runtime)
    assert roster_of(runtime) is before
    assert language_of(runtime) is language
    rewrite(runtime, "qwen-small", "qwen-renamed")
    reply = await language_of(runtime).reply("fast", HELLO, PURPOSE)
    assert reply.text == ANSWER
    assert stub.asked[-1]["model"] == "qwen-renamed"
    assert roster_of(runtime) is not before
    (runtime.settings.data / "models.toml").unlink()
    assert not language_of(runtime).can("fast")


async def test_what_says_the_same_is_no_change(runtime):
    before = roster_of(runtime)
    rewrite(runtime, "[models.small]", "# a remark\n[models.small]")
    assert roster_of(runtime) is before


async def test_a_call_under_way_ends_as_it_began_and_then_its_connections_close(runtime, stub):
    stub.script.append(Does(wait_s=0.3))
    former = roster_of(runtime)
    asked = asyncio.create_task(language_of(runtime).reply("fast", HELLO, PURPOSE))
    async with asyncio.timeout(30):
        await stub.began.wait()
    rewrite(runtime, "qwen-small", "qwen-renamed")
    assert roster_of(runtime) is not former
    await asyncio.sleep(0)
    engine = former.player("small").engine
    assert (former.is_busy, engine._client is None) == (True, False)
    assert (await asked).text == ANSWER
    assert (former.is_busy, engine._client is None) == (False, True)


async def test_a_file_that_cannot_be_used_changes_nothing_and_is_told_once(runtime):
    before = roster_of(runtime)
    rewrite(runtime, "[roles]", "[roles")
    with capture_logs() as logs:
        for _ in range(3):
            assert roster_of(runtime) is before
    assert [each["event"] for each in logs] == ["models_not_reloaded"]
    assert "TOML" in str(current_of(runtime).problem)
    rewrite(runtime, "[roles", "[roles]")
    assert roster_of(runtime) is before
    assert current_of(runtime).problem is None


async def test_a_key_that_is_stored_is_used_at_once(runtime, stub):
    assert roster_of(runtime).names("fast") == ["small"]
    keys.store(runtime.settings, runtime.cipher, {"cloud": stub.url}, SecretStr("sk-stored-key"))
    assert roster_of(runtime).names("fast") == ["large", "small"]
    await language_of(runtime).reply("fast", HELLO, PURPOSE)
    assert stub.keys[-1] == "bearer sk-stored-key"


async def test_what_was_brought_stays(runtime):
    roster_of(runtime).bring("thinking", Speaker(name="brought"))
    rewrite(runtime, "qwen-small", "qwen-renamed")
    assert roster_of(runtime).names("thinking") == ["brought"]


async def test_files_are_not_looked_at_all_the_time(runtime, monkeypatch):
    monkeypatch.setattr(current, "LOOK_EVERY_S", 3600.0)
    before = roster_of(runtime)
    rewrite(runtime, "qwen-small", "qwen-renamed")
    assert roster_of(runtime) is before
    current_of(runtime).look()
    assert roster_of(runtime) is not before
