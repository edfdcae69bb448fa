"""Models are brought by who runs the installation: found, tried, written, put back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from tests.ai.language.server import ANSWER, Does, serving
from zhanggui.ai import Engines, current, roster_of, samples, setup_tools
from zhanggui.ai import tools as ai_tools
from zhanggui.ai.configuration import parse
from zhanggui.ai.dashscope.stub.serving import serving as dashscope
from zhanggui.ai.dashscope.stub.tasks import State
from zhanggui.ai.opening import started
from zhanggui.base import tools
from zhanggui.base.audit import ToolCallRow
from zhanggui.base.auth import accounts
from zhanggui.base.db import NO_SHOP
from zhanggui.base.errors import Conflict, Forbidden, Invalid, NotFound
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import opened
from zhanggui.base.words import speaking

__all__ = ["ai_tools"]

KEY = "sk-0123456789abcdef-WXYZ"
FILE = "# nothing yet\n"


@pytest.fixture
async def stub():
    async with serving() as stub:
        yield stub


@pytest.fixture
async def runtime(settings, database):
    async with opened(settings) as runtime, started(runtime):
        runtime.services[Engines] = Engines(settings)
        yield runtime


@pytest.fixture
async def owner(runtime):
    async with runtime.db.transaction(NO_SHOP) as session:
        return Principal((await accounts.operator(session)).id, "owner")


@pytest.fixture
def call(runtime, owner, shop_id):
    async def call(tool, principal=owner, /, *, again=None, **given):
        outcome = await tools.call(
            runtime, tool, given, shop_id=shop_id, principal=principal, idempotency_key=again
        )
        return outcome.output

    return call


def setup(stub, **more):
    picks = [{"role": "fast", "model": "qwen-small"}, {"role": "vision", "model": "qwen-vl-small"}]
    return {"address": stub.url, "name": "mine", "picks": picks} | more


async def test_a_setup_is_tried_written_and_holds_at_once(stub, call, runtime, settings):
    found = await call("ai.find_servers", address=stub.url)
    assert found.items[0].suggested["fast"] == "qwen-small"
    tried = await call("ai.try_setup", **setup(stub))
    assert [(each.role, each.name, each.trial.said) for each in tried.items] == [
        ("fast", "qwen-small", ANSWER), ("vision", "qwen-vl-small", ANSWER),
    ]  # fmt: skip
    assert (tried.is_well, tried.is_written) == (True, False)
    assert {"thinking", "draw", "film"} <= set(tried.embedded)
    assert not (settings.data / "models.toml").exists()
    assert [type(each["messages"][0]["content"]) for each in stub.asked] == [str, list]
    saved = await call("ai.save_setup", **setup(stub, proof=tried.proof))
    assert saved.is_written
    assert len(stub.asked) == 2, "what was tried is not tried again"
    assert (settings.data / "models.toml").stat().st_mode & 0o777 == 0o600
    assert roster_of(runtime).names("fast") == ["qwen-small"]
    assert (await call("ai.try_model", name="qwen-small")).is_well
    usage = await call("ai.usage")
    assert sum(day.calls for day in usage.items) == 3


async def test_what_does_not_answer_is_not_written_unless_one_insists(stub, call, settings):
    (settings.data / "models.toml").write_text(FILE)
    stub.script.append(Does(status=404))
    with speaking("en"):
        result = await call("ai.save_setup", **setup(stub))
    assert (result.is_well, result.is_written, result.proof) == (False, False, None)
    bad, good = (each.trial for each in result.items)
    assert "no model called qwen-small" in bad.hint
    assert good.is_well
    assert (settings.data / "models.toml").read_text() == FILE
    stub.script.append(Does(status=404))
    assert (await call("ai.save_setup", **setup(stub, anyway=True))).is_written


async def test_a_proof_is_of_that_setup_alone(stub, call):
    proof = (await call("ai.try_setup", **setup(stub))).proof
    stub.script.append(Does(status=500))
    other = setup(stub, proof=proof, key=KEY)
    assert not (await call("ai.save_setup", **other)).is_written


async def test_the_former_file_is_put_back_and_the_newer_one_again(
    stub, call, runtime, settings, monkeypatch
):
    monkeypatch.setattr(current, "LOOK_EVERY_S", 0.0)
    path = settings.data / "models.toml"
    with pytest.raises(Conflict):
        await call("ai.undo_setup")
    path.write_text(FILE)
    await call("ai.save_setup", **setup(stub))
    assert (await call("ai.models")).can_undo
    written = path.read_text()
    await call("ai.undo_setup")
    assert path.read_text() == FILE
    assert not roster_of(runtime).can("fast")
    await call("ai.undo_setup")
    assert path.read_text() == written
    assert roster_of(runtime).can("fast")


async def test_a_key_goes_to_its_server_and_is_told_nowhere(stub, call, runtime, shop_id):
    with capture_logs() as logs:
        outputs = [
            await call("ai.find_servers", address=stub.url, key=KEY),
            await call("ai.save_setup", **setup(stub, key=KEY), again="k1"),
            await call("ai.store_key", server="mine", key=KEY),
            await call("ai.models"),
        ]
    assert set(stub.keys) == {f"bearer {KEY}".lower()}
    async with runtime.db.reading(shop_id) as session:
        rows = list(
            await session.scalars(select(ToolCallRow).where(ToolCallRow.shop_id == shop_id))
        )
    kept = [(row.output, row.fingerprint) for row in rows]
    data = runtime.settings.data
    files = [path.read_text() for path in data.glob("models.*")]
    told = json.dumps([each.model_dump(mode="json") for each in outputs])
    for where in (told, repr(kept), repr(logs), *files):
        assert KEY not in where
    (server,) = outputs[-1].servers
    assert (server.key.source, server.key.last) == ("stored", "WXYZ")


async def test_a_key_of_no_server_is_refused(call):
    with pytest.raises(NotFound):
        await call("ai.store_key", server="nobody", key=KEY)
    with pytest.raises(NotFound):
        await call("ai.forget_key", server="nobody")


async def test_a_key_that_is_forgotten_is_missed(call, settings, monkeypatch):
    monkeypatch.setattr(current, "LOOK_EVERY_S", 0.0)
    file = '[providers.far]\nbase_url = "https://models.example.com/v1"\n'
    (settings.data / "models.toml").write_text(file)
    stored = await call("ai.store_key", server="far", key=KEY)
    assert (stored.key.source, stored.key.last) == ("stored", "WXYZ")
    assert (await call("ai.forget_key", server="far")).key.source == "missing"


async def test_others_and_what_acts_for_them_may_not(stub, call):
    stranger = Principal("usr_other", "owner")
    assistant = Principal("usr_other", "owner", kind="assistant")
    for principal in (stranger, assistant, Principal("a", "agent")):
        for tool, given in (
            ("ai.find_servers", {}),
            ("ai.try_setup", setup(stub)),
            ("ai.save_setup", setup(stub)),
            ("ai.undo_setup", {}),
            ("ai.store_key", {"server": "mine", "key": KEY}),
            ("ai.forget_key", {"server": "mine"}),
        ):
            with pytest.raises(Forbidden):
                await call(tool, principal, **given)
    assert stub.keys == []


async def test_a_film_is_only_made_when_asked_for(stub, call, monkeypatch):
    monkeypatch.setattr(setup_tools, "_is_film", lambda model: model.model == "qwen-small")
    skipped = await call("ai.try_setup", **setup(stub))
    assert [each.trial is None for each in skipped.items] == [True, False]
    made = await call("ai.try_setup", **setup(stub, films=True))
    assert [each.trial is None for each in made.items] == [False, False]


async def test_a_file_that_cannot_be_used_is_said_and_stays(stub, call, settings):
    (settings.data / "models.toml").write_text("[roles")
    with pytest.raises(Invalid):
        await call("ai.save_setup", **setup(stub))
    assert (settings.data / "models.toml").read_text() == "[roles"


async def test_samples_say_what_they_have(call):
    cloud, local = (await call("ai.samples")).items
    assert (cloud.name, cloud.key_env, local.key_env) == ("dashscope", "DASHSCOPE_API_KEY", None)
    usual = {each.role: each.model for each in cloud.choices if each.is_usual}
    assert set(usual) >= {"fast", "thinking", "vision"}


async def test_pictures_and_a_voice_are_tried_before_they_are_written(call, settings, monkeypatch):
    state = State(queue_s=0.0, run_s=0.0)
    async with dashscope(state) as url:
        real = samples.text("dashscope")
        moved = real.replace("https://dashscope.aliyuncs.com", url)
        monkeypatch.setattr(samples, "text", lambda name: moved)
        monkeypatch.setattr(samples, "read", lambda name: parse(moved, Path("sample.toml")))
        given = {
            "sample": "dashscope",
            "key": "sk-stub-0123",
            "picks": [
                {"role": "fast", "model": "qwen-flash"},
                {"role": "draw", "model": "wan2.2-t2i-flash"},
                {"role": "film", "model": "wan2.2-t2v-plus"},
                {"role": "voice", "model": "qwen3-tts-flash"},
            ],
        }
        tried = await call("ai.try_setup", **given)
        told = {item.role: item.trial for item in tried.items}
        assert told["film"] is None
        assert all(told[role].is_well for role in ("fast", "draw", "voice")), told
        assert told["draw"].picture.startswith("data:image/")
        assert told["draw"].cost_micro == 140_000
        assert state.bill()["pictures"] == 1
        saved = await call("ai.save_setup", **given, proof=tried.proof)
    assert saved.is_written
    assert state.bill()["pictures"] == 1
    written = (settings.data / "models.toml").read_text("utf-8")
    assert 'speaks = "dashscope"' in written
    assert 'draw = ["poster"]' in written
    assert "sk-stub" not in written
