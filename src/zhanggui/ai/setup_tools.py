"""Models are brought here: servers are found, a choice is tried and written, keys are kept.

The file is of the whole installation, so an owner does it who runs that; and a person, never an
assistant or a key.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from zhanggui.ai import configuration, finding, keys, safekeeping, setting_up
from zhanggui.ai.configuration import ROLES, Configuration, Model
from zhanggui.ai.events import ModelKeyChanged, ModelsChanged
from zhanggui.ai.finding import FoundServer
from zhanggui.ai.keys import ModelKeyView
from zhanggui.ai.making import MAKERS
from zhanggui.ai.media.asking import Media
from zhanggui.ai.opening import current_of
from zhanggui.ai.roster import Purpose, Roster
from zhanggui.ai.setting_up import Proposal, Setup
from zhanggui.ai.setup_views import RoleTrial, SampleList, SetupResult, sample_views
from zhanggui.ai.trying import Trial, tried
from zhanggui.base import events
from zhanggui.base.auth.models import UserRow
from zhanggui.base.crypto import Cipher
from zhanggui.base.db import NO_SHOP, hold
from zhanggui.base.errors import Conflict, Forbidden, not_found
from zhanggui.base.principals import OWNERS, STAFF
from zhanggui.base.settings import Settings
from zhanggui.base.tools import Call, Input, Nothing, Output, tool
from zhanggui.base.words import Text

_SERVER = Text("模型服务器", "server of models")
_HELD = "ai.models.toml"
_Key = Annotated[SecretStr, Field(min_length=1, max_length=500)]


@tool("ai.samples", purpose=Text("查看模型配置的样例", "Show samples"), risk="read", roles=STAFF)
async def list_samples(call: Call, given: Nothing) -> SampleList:
    """Files of models that work as they stand, but for prices."""
    return SampleList(items=sample_views())


class FindServers(Input):
    """Nothing to look on this machine, or an address to look at, with a key where it asks for one;
    without one, the key that is known for the address goes along."""

    address: Annotated[str, AfterValidator(configuration.address)] | None = Field(
        None, max_length=500
    )
    key: _Key | None = None


class FoundServers(Output):
    """The servers that were found."""

    items: list[FoundServer]


async def _must_run_it(call: Call) -> None:
    """Raise Forbidden for who does not run the installation, whose every shop the file is for."""
    if call.principal.kind == "system":
        return
    async with call.runtime.db.reading(NO_SHOP) as session:
        user = await session.get(UserRow, call.principal.id)
    if user is None or not user.operator:
        raise Forbidden(
            Text(
                "只有部署这套系统的人可以接入模型",
                "Only who runs this installation may bring models",
            ),
            hint=Text(
                "模型是所有店共用的，请部署的人来设置。",
                "All shops have the same models: ask who runs it.",
            ),
        )


async def _find(call: Call, given: FindServers) -> FoundServers:
    await _must_run_it(call)
    if given.address is None:
        return FoundServers(items=await finding.on_this_machine())
    found = current_of(call.runtime).roster.configuration.providers.values()
    known = next((each.key for each in found if each.base_url == given.address), None)
    return FoundServers(items=[await finding.at(given.address, given.key or known)])


@tool(
    "ai.find_servers",
    purpose=Text("寻找模型服务器", "Look for servers of models"),
    risk="act",
    roles=OWNERS,
    # It asks before anything could be approved, so nobody's assistant may propose it.
    by_person=True,
    rate="20 per minute",
    prepare=_find,
)
async def find_servers(call: Call, given: FindServers) -> FoundServers:
    """Look on this machine for Ollama, llama.cpp, vLLM and LM Studio, or at an address for anything
    that speaks OpenAI's protocol."""
    found: FoundServers = call.prepared
    return found


@dataclass(frozen=True, slots=True)
class _Prepared:
    proposal: Proposal
    items: list[RoleTrial]
    is_well: bool
    proof: str | None


class TrySetup(Setup):
    """A setup to try; `films` says whether a model of films is tried too, which takes minutes and
    costs most."""

    films: bool = False


async def _tried(call: Call, given: TrySetup) -> _Prepared:
    await _must_run_it(call)
    proposal = setting_up.proposed(call.runtime.settings, given)
    found = _with_keys(call, proposal, given)
    roster = Roster(found, current_of(call.runtime).ledger, MAKERS)
    purpose = Purpose(call.shop_id, "ai", "trial", call.principal.id)
    trials: dict[str, Trial | None] = {}
    try:
        # One after another: a server of one's own loads one model at a time.
        async with _making(call, roster) as media:
            for name in dict.fromkeys(proposal.players.values()):
                skipped = _is_film(found.models[name]) and not given.films
                trials[name] = None if skipped else await tried(roster, name, purpose, media)
    finally:
        await roster.close()
    is_well = all(trial is None or trial.is_well for trial in trials.values())
    return _Prepared(
        proposal,
        [
            RoleTrial(role=role, name=name, model=found.models[name].model, trial=trials[name])
            for role, name in proposal.players.items()
        ],
        is_well,
        _proof(call.runtime.cipher, given) if is_well else None,
    )


@asynccontextmanager
async def _making(call: Call, roster: Roster) -> AsyncIterator[Media]:
    """What makes pictures and films by models that are not written down yet: carried here, for who
    carries those of the shop does not know them."""
    runtime = call.runtime
    carried: set[asyncio.Task[None]] = set()

    async def begin(shop_id: str, task_id: str) -> None:
        carried.add(asyncio.create_task(media.carry(shop_id, task_id)))

    media = Media(roster, current_of(runtime).ledger, runtime.db, runtime.blobs, begin)
    try:
        yield media
    finally:
        await media.close()
        await asyncio.gather(*carried, return_exceptions=True)


@tool(
    "ai.try_setup",
    purpose=Text("试一套模型配置", "Try a setup of models"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    rate="20 per minute",
    prepare=_tried,
)
async def try_setup(call: Call, given: TrySetup) -> SetupResult:
    """Ask the model of every role something for real, which costs what such requests cost; nothing
    is written. Raises Invalid, Forbidden, and BudgetSpent where nothing may be spent."""
    return _result(call, call.prepared, is_written=False)


class SaveSetup(TrySetup):
    """A setup to write; with the `proof` of its trial it is not tried again, and with `anyway` it
    is written though a model did not answer."""

    proof: str | None = Field(None, max_length=200)
    anyway: bool = False


async def _checked(call: Call, given: SaveSetup) -> _Prepared:
    await _must_run_it(call)
    if given.proof is None or not hmac.compare_digest(
        given.proof, _proof(call.runtime.cipher, given)
    ):
        return await _tried(call, given)
    proposal = setting_up.proposed(call.runtime.settings, given)
    return _Prepared(proposal, [], is_well=True, proof=given.proof)


@tool(
    "ai.save_setup",
    purpose=Text("写入模型配置", "Write a setup of models"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    rate="20 per minute",
    prepare=_checked,
)
async def save_setup(call: Call, given: SaveSetup) -> SetupResult:
    """Try every role and write the file; the former one is kept beside it. What does not answer is
    not written. Models are asked by it from then on. Raises as `ai.try_setup` does."""
    prepared: _Prepared = call.prepared
    if not prepared.is_well and not given.anyway:
        return _result(call, prepared, is_written=False)
    settings = call.runtime.settings
    await hold(call.session, _HELD)
    # What stands in the file by now, should somebody else have written it since.
    proposal = setting_up.proposed(settings, given)
    providers = proposal.configuration.providers
    await events.append(
        call.session, ModelsChanged(models=len(proposal.configuration.models), is_former=False)
    )
    addresses = {name: providers[name].base_url for name in proposal.servers}
    if given.key is not None:
        keys.store(settings, call.runtime.cipher, addresses, given.key)
    elif given.key_env is not None:
        for name in addresses:
            keys.forget(settings, name, is_wanted=False)
    path = configuration.path_of(settings)
    former = path.read_text(encoding="utf-8") if path.exists() else ""
    safekeeping.write(_former(path), former)
    safekeeping.write(path, proposal.text)
    # Those of the former file too, which may be put back.
    before = configuration.parse(former, _former(path)).providers
    keys.keep_only(settings, {*providers, *before})
    _follow(call)
    return _result(call, prepared, is_written=True)


@tool(
    "ai.undo_setup",
    purpose=Text("换回上一份模型配置", "Put the former models back"),
    risk="act",
    roles=OWNERS,
    by_person=True,
)
async def undo_setup(call: Call, given: Nothing) -> SetupResult:
    """Put the file back that there was before the last setup; once more puts the newer one back.
    Raises Conflict where there is none, and Invalid where it cannot be used."""
    await _must_run_it(call)
    await hold(call.session, _HELD)
    path = configuration.path_of(call.runtime.settings)
    if not can_undo(call.runtime.settings):
        raise Conflict(
            Text("没有上一份配置", "There is no former file"),
            hint=Text("接入过一次以后才有。", "There is one after models were set up."),
        )
    former, now = _former(path).read_text("utf-8"), path.read_text("utf-8") if path.exists() else ""
    found = configuration.parse(former, _former(path))
    await events.append(call.session, ModelsChanged(models=len(found.models), is_former=True))
    safekeeping.write(path, former)
    safekeeping.write(_former(path), now)
    _follow(call)
    proposal = Proposal(former, found, {}, frozenset())
    return _result(call, _Prepared(proposal, [], is_well=True, proof=None), is_written=True)


class StoreKey(Input):
    """The key of a configured server."""

    server: str = Field(min_length=1, max_length=64)
    key: _Key


class KeyState(Output):
    """A server's key as it stands now; null where none is asked for."""

    server: str
    key: ModelKeyView | None


@tool(
    "ai.store_key",
    purpose=Text("保存模型密钥", "Store a key for models"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    secret=True,
    rate="20 per minute",
)
async def store_key(call: Call, given: StoreKey) -> KeyState:
    """Keep a server's key, sealed; a variable of the environment that is set goes before it. Raises
    NotFound for a server that is not configured."""
    await _must_run_it(call)
    await hold(call.session, _HELD)
    address = _address_of(call, given.server)
    await events.append(call.session, ModelKeyChanged(server=given.server, is_stored=True))
    keys.store(call.runtime.settings, call.runtime.cipher, {given.server: address}, given.key)
    return _key_state(call, given.server)


class ForgetKey(Input):
    """Whose key."""

    server: str = Field(min_length=1, max_length=64)


@tool(
    "ai.forget_key",
    purpose=Text("删除模型密钥", "Forget a key for models"),
    risk="act",
    roles=OWNERS,
    by_person=True,
    rate="20 per minute",
)
async def forget_key(call: Call, given: ForgetKey) -> KeyState:
    """Keep a server's stored key no more. The models of one that is not of the shop's own house are
    left out until it has a key again. Raises NotFound where none is stored."""
    await _must_run_it(call)
    await hold(call.session, _HELD)
    settings = call.runtime.settings
    if not keys.is_stored(settings, given.server):
        raise not_found(Text("存着的密钥", "stored key"), given.server)
    await events.append(call.session, ModelKeyChanged(server=given.server, is_stored=False))
    found = current_of(call.runtime).roster.configuration.providers.get(given.server)
    keys.forget(settings, given.server, is_wanted=found is not None and not found.is_near)
    return _key_state(call, given.server)


def can_undo(settings: Settings) -> bool:
    """Whether the file that there was before is kept."""
    return _former(configuration.path_of(settings)).is_file()


def _is_film(model: Model) -> bool:
    return model.does == "video"


def _former(path: Path) -> Path:
    return path.with_name(f"{path.name}.bak")


def _address_of(call: Call, server: str) -> str:
    found = current_of(call.runtime).roster.configuration.providers.get(server)
    if found is None:
        raise not_found(_SERVER, server)
    return found.base_url


def _key_state(call: Call, server: str) -> KeyState:
    _follow(call)
    found = current_of(call.runtime).roster.configuration.providers.get(server)
    return KeyState(server=server, key=keys.shown(found) if found else None)


def _follow(call: Call) -> None:
    """Let this process ask by what was written at once; others see it within a second."""
    current_of(call.runtime).look()


def _with_keys(call: Call, proposal: Proposal, given: Setup) -> Configuration:
    typed = dict.fromkeys(proposal.servers, given.key) if given.key is not None else None
    settings, cipher = call.runtime.settings, call.runtime.cipher
    if given.key_env is not None:
        for name in proposal.servers:
            proposal.configuration.providers[name].bring_key(None)
        return proposal.configuration
    return keys.brought(proposal.configuration, settings, cipher, typed)


def _proof(cipher: Cipher, given: Setup) -> str:
    """By which a setup is known again that was tried; from it the key cannot be told."""
    told = given.model_dump_json(include=set(Setup.model_fields) - {"key"})
    key = given.key.get_secret_value() if given.key is not None else ""
    return cipher.sign(f"ai.setup\n{told}\n{key}")


def _result(call: Call, prepared: _Prepared, *, is_written: bool) -> SetupResult:
    found = prepared.proposal.configuration
    return SetupResult(
        items=prepared.items,
        embedded=[role for role in ROLES if not found.of_role(role)],
        is_well=prepared.is_well,
        is_written=is_written,
        path=str(configuration.path_of(call.runtime.settings)),
        proof=prepared.proof,
    )
