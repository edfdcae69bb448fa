"""A server and who of its models plays which role are written into ``models.toml``.

What a sample knows of a model (its price, how it is told a reply's form) is taken from there. What
stands in the file stays, with its comments: other servers and their models, which play a role after
those that were chosen.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr
from tomlkit.exceptions import TOMLKitError

from zhanggui.ai import configuration, finding, samples
from zhanggui.ai.configuration import DOES, ROLES, Configuration, Provider, Role
from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings
from zhanggui.base.tools import Input
from zhanggui.base.words import Text

Table = dict[str, Any]
"""A table of TOML; tomlkit's are dicts too."""

_NOT_NAMED = re.compile(r"[^A-Za-z0-9_-]+")
_TOKENS = ("price_read", "price_written")


class Pick(BaseModel):
    """A model, by what its server calls it, for a role; prices in yuan for a million tokens, where
    a sample does not know them."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    role: Role
    model: str = Field(min_length=1, max_length=200)
    price_read: Decimal | None = Field(None, ge=0, le=1_000_000)
    price_written: Decimal | None = Field(None, ge=0, le=1_000_000)


class Setup(Input):
    """A server to bring, of a sample or at an address, with its key or the variable that holds it,
    and who of its models plays which role. Without either the key stays that is there."""

    sample: Literal["dashscope"] | None = None
    address: Annotated[str, AfterValidator(configuration.address)] | None = Field(
        None, max_length=500
    )
    name: str | None = Field(None, pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    key: SecretStr | None = Field(None, min_length=1, max_length=500)
    key_env: str | None = Field(None, pattern=r"^[A-Z][A-Z0-9_]{0,60}$")
    picks: list[Pick] = Field(min_length=1, max_length=len(ROLES))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be written: the text, what it configures, the models' names there by role, and the
    servers that were brought."""

    text: str
    configuration: Configuration
    players: dict[Role, str]
    servers: frozenset[str]


def proposed(settings: Settings, given: Setup) -> Proposal:
    """What the file would be. Raises Invalid for what does not go together, and where the file that
    is there cannot be used."""
    _must_fit(given)
    path = configuration.path_of(settings)
    before = configuration.load(settings) if path.exists() else Configuration()
    former = path.read_text(encoding="utf-8") if path.exists() else ""
    try:
        document = tomlkit.parse(former)
        players, servers = _filled(document, before, given)
        text = tomlkit.dumps(document)
        if tomllib.loads(text) != document.unwrap():
            raise ValueError("it would say something else")
    except (TOMLKitError, ValueError, TypeError):
        raise Invalid(
            Text("这个文件改不了", "The file cannot be changed"),
            hint=Text(
                "它的写法太特别，请照 docs/models.md 手工改。",
                "It is written in an unusual way: change it by hand, by docs/models.md.",
            ),
            where=str(path),
        ) from None
    return Proposal(text, configuration.parse(text, path), players, servers)


def _must_fit(given: Setup) -> None:
    roles = [each.role for each in given.picks]
    if len(set(roles)) != len(roles):
        raise _refused("picks", Text("一个角色选了两次", "A role is chosen twice"))
    if (given.sample is None) == (given.address is None):
        raise _refused(
            "address", Text("要一个网址，或一个样例", "An address is needed, or a sample")
        )
    if given.key is not None and given.key_env is not None:
        raise _refused(
            "key_env", Text("密钥和环境变量只要一个", "Give the key or its variable, not both")
        )
    if given.key is not None and not given.key.get_secret_value().isascii():
        raise _refused("key", Text("密钥里有不该有的字符", "A key has no such characters"))
    if given.key_env is not None and not given.key_env.endswith(("API_KEY", "API_TOKEN")):
        # What else the environment holds is not for a server of models.
        raise _refused(
            "key_env",
            Text("变量名要以 API_KEY 或 API_TOKEN 结尾", "It has to end in API_KEY or API_TOKEN"),
            Text("别的名字请手工写进文件。", "Write another name into the file by hand."),
        )
    if given.sample is None and any(DOES[role] != "chat" for role in roles):
        raise _refused(
            "picks", Text("这样的服务器只做语言模型", "Such a server has language models only")
        )


def _refused(where: str, what: Text, hint: Text | None = None) -> Invalid:
    hint = hint or Text("请改正后再试。", "Correct it and try again.")
    return Invalid(what, hint=hint, where=where)


def _filled(
    document: Table, before: Configuration, given: Setup
) -> tuple[dict[Role, str], frozenset[str]]:
    """Put what was chosen into the document; gives the models' names by role, and the servers."""
    players: dict[Role, str] = {}
    servers: dict[str, str] = {}  # What stands in a sample, by the name it has here.
    for pick in given.picks:
        sample = samples.read(given.sample) if given.sample else Configuration()
        known = next(
            (
                name
                for name, model in sample.models.items()
                if model.model == pick.model
                and model.does == DOES[pick.role]
                and (pick.role != "vision" or model.sees)
            ),
            None,
        )
        if known is None and DOES[pick.role] != "chat":
            raise _refused(
                "picks", Text(f"样例里没有 {pick.model}", f"The sample has no {pick.model}")
            )
        source = _source(given, sample, known)
        if source not in servers.values():
            server = _server(document, before, given, source)
            servers[server] = source
        server = next(name for name, each in servers.items() if each == source)
        players[pick.role] = _model(document, server, given, pick, known, players.values())
    _assign(document, before, players, servers)
    return players, frozenset(servers)


def _source(given: Setup, sample: Configuration, known: str | None) -> str:
    """The name of the server in the sample; any, where there is none."""
    if known is not None:
        return sample.models[known].provider
    chats = (name for name, each in sample.providers.items() if each.speaks == "openai")
    return next(chats, "")


def _server(document: Table, before: Configuration, given: Setup, source: str) -> str:
    """Have a server in the document; gives its name there."""
    if given.sample is not None:
        sample = samples.read(given.sample).providers[source]
        wanted = source
    else:
        sample = Provider(base_url=given.address or "", at_once=8)
        sample = sample.model_copy(update={"at_once": 2 if sample.is_near else 8})
        wanted = given.name or finding.name_of(sample.base_url)
    there = [
        name
        for name, each in before.providers.items()
        if (each.base_url, each.speaks) == (sample.base_url, sample.speaks)
    ]
    name = next(iter(there), None) or _free(wanted, before.providers)
    providers = _table(document, "providers")
    if name not in providers:
        table = tomlkit.table()
        if sample.speaks != "openai":
            table["speaks"] = sample.speaks
        table["base_url"] = sample.base_url
        if sample.key_env is not None:
            table["key_env"] = sample.key_env
        table["at_once"] = sample.at_once
        providers[name] = table
    if given.key is not None:
        # One of the environment would go before the one that is given now.
        providers[name].pop("key_env", None)
    elif given.key_env is not None:
        providers[name]["key_env"] = given.key_env
    return name


def _model(
    document: Table,
    server: str,
    given: Setup,
    pick: Pick,
    known: str | None,
    taken: Collection[str],
) -> str:
    """Have a model in the document; gives its name there."""
    models = _table(document, "models")
    name = next(
        (
            name
            for name, each in models.items()
            if (each.get("provider"), each.get("model")) == (server, pick.model)
            and each.get("does", "chat") == DOES[pick.role]
        ),
        None,
    )
    if name is None:
        wanted = known or _NOT_NAMED.sub("-", pick.model.rsplit("/", 1)[-1]).strip("-")
        name = _free((wanted or "model")[:48], models)
        table = tomlkit.table()
        table["provider"], table["model"] = server, pick.model
        for field, value in _fields(given, known).items():
            table[field] = value
        models[name] = table
    for field in _TOKENS:
        price = getattr(pick, field)
        if price is not None:
            models[name][field] = _number(price)
    if pick.role == "vision":
        models[name]["sees"] = True
    return name


def _fields(given: Setup, known: str | None) -> Table:
    """What a sample says of a model; of another server's, what most of them understand."""
    if known is None or given.sample is None:
        return {"schema_as": "json_object"}
    told = tomllib.loads(samples.text(given.sample))["models"][known]
    return {name: value for name, value in told.items() if name not in ("provider", "model")}


def _assign(
    document: Table, before: Configuration, players: dict[Role, str], servers: Collection[str]
) -> None:
    """Let those that were chosen play first; after them stay who is of another server."""
    roles = _table(document, "roles")
    for role in ROLES:
        stay = [
            name for name in before.of_role(role) if before.models[name].provider not in servers
        ]
        names = ([players[role]] if role in players else []) + stay
        if names == before.of_role(role):
            continue
        if names:
            roles[role] = names
        else:
            roles.pop(role, None)


def _table(document: Table, name: str) -> Table:
    if name not in document:
        document[name] = tomlkit.table(is_super_table=name != "roles")
    found: Table = document[name]
    return found


def _free(wanted: str, taken: Collection[str]) -> str:
    return next(
        name
        for name in (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
        if name not in taken
    )


def _number(price: Decimal) -> int | float:
    return int(price) if price == price.to_integral_value() else float(price)
