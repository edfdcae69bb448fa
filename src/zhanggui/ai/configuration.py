"""``models.toml``: which servers and models there are, what they cost, and who plays which role.

Nothing else names a model. A key is never in the file: it names the environment variable that
holds it, or the key is stored (:mod:`~zhanggui.ai.keys`).
"""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from zhanggui.ai.protocols import Used
from zhanggui.base import complaints
from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

Does = Literal["chat", "image", "video", "speech", "embed", "rerank"]
"""What a model does: continue a conversation, make pictures, films or a voice, turn texts into
vectors, or say which passage answers."""
Role = Literal["fast", "thinking", "vision", "draw", "film", "voice", "embed", "rerank"]
"""What a room needs a model for: quick words, careful thought, to see, and what `Does` has."""

DOES: dict[Role, Does] = {
    "fast": "chat", "thinking": "chat", "vision": "chat",
    "draw": "image", "film": "video", "voice": "speech",
    "embed": "embed", "rerank": "rerank",
}  # fmt: skip
"""What a model must do to play a role."""
ROLES: tuple[Role, ...] = get_args(Role)
CAN: dict[str, tuple[Does, ...]] = {
    "openai": ("chat",),
    "dashscope": ("image", "video", "speech", "embed", "rerank"),
}
"""What is asked of a server by the protocol it speaks. DashScope has chat in its compatible mode,
which is OpenAI's."""
FORMS: dict[Does, tuple[str, ...]] = {
    "image": ("prompt", "messages", "messages_task"),
    "video": ("prompt", "media"),
    "rerank": ("prompt", "flat"),
}
"""The forms a model of a kind may have; the others have the first alone."""
FILE = "models.toml"

_HINT = Text(
    "照 docs/models.md 的样例改正；密钥不写在文件里：写它的环境变量名（key_env），或存在“模型”页。",
    "Mend it by the samples in docs/models.md. A key is not in the file: key_env names its"
    " environment variable, or the page Models stores it.",
)


def address(written: str) -> str:
    """A server's address without a slash at its end; raises what pydantic tells of."""
    parts = urlsplit(written)
    is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if not is_one or not written.isprintable() or " " in written:
        raise PydanticCustomError("http_address", "not an http(s) address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise PydanticCustomError("bare_address", "an address without user, query or fragment")
    return written.rstrip("/")


def _variable(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", written):
        raise PydanticCustomError("variable_name", "not a variable's name")
    return written


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Provider(_Table):
    """A server, and the protocol it speaks: OpenAI's, or DashScope's own."""

    speaks: Literal["openai", "dashscope"] = "openai"
    base_url: Annotated[str, AfterValidator(address)]
    key_env: Annotated[str, AfterValidator(_variable)] | None = None
    """The environment variable that holds the key; None where it is stored or none is asked for."""
    headers: dict[str, str] = {}
    at_once: int = Field(8, ge=1, le=1000)
    """Calls to it at a time."""
    _stored: SecretStr | None = PrivateAttr(None)
    _is_key_wanted: bool = PrivateAttr(False)

    def bring_key(self, key: SecretStr | None) -> None:
        """Give it the key that is stored for it, or None where that is gone or cannot be read."""
        self._stored, self._is_key_wanted = key, True

    @property
    def key(self) -> SecretStr | None:
        """The key, of the environment before a stored one; None where there is none."""
        return self._of_environment or self._stored

    @property
    def has_stored_key(self) -> bool:
        """Whether the key is the one that is stored."""
        return self._of_environment is None and self._stored is not None

    @property
    def _of_environment(self) -> SecretStr | None:
        found = os.environ.get(self.key_env, "").strip() if self.key_env else ""
        return SecretStr(found) if found else None

    @property
    def is_near(self) -> bool:
        """Whether the server stands in the shop's own house: on this machine, or by its address or
        name on a private network."""
        host = (urlsplit(self.base_url).hostname or "").rstrip(".")
        if re.fullmatch(r"0x[0-9a-f]*|\d+", host):
            return False  # An address as a single number, which may be anybody's.
        try:
            return ipaddress.ip_address(host).is_private
        except ValueError:
            return "." not in host or host.endswith((".localhost", ".local", ".lan", ".internal"))

    @property
    def is_keyless(self) -> bool:
        """Whether a key is asked for and not there."""
        return (self.key_env is not None or self._is_key_wanted) and self.key is None


class Model(_Table):
    """A model of a server, and its prices in yuan."""

    provider: str
    does: Does = "chat"
    model: str
    """What the server calls it."""
    price_read: Decimal = Field(Decimal(0), ge=0)
    """Of a million tokens, as the next; so a call costs, in millionths, its tokens times these."""
    price_written: Decimal = Field(Decimal(0), ge=0)
    price_picture: Decimal = Field(Decimal(0), ge=0)
    price_second: Decimal = Field(Decimal(0), ge=0)
    """Of a second of video."""
    price_characters: Decimal = Field(Decimal(0), ge=0)
    """Of ten thousand characters spoken."""
    timeout_s: float = Field(60, gt=0, le=600)
    """How long the next part of an answer is waited for."""
    most_tokens: int = Field(2000, ge=1)
    """Tokens it may write in one reply."""
    schema_as: Literal["json_schema", "json_object", "words"] = "json_schema"
    """How it is told a reply's form: by the schema, that it is JSON, or by words alone."""
    sees: bool = False
    """Whether it takes pictures; one that makes pictures or films and sees is asked only with some,
    and else only without."""
    form: Literal["prompt", "messages", "messages_task", "media", "flat"] = "prompt"
    """In which of its forms DashScope's own protocol is spoken to it; docs/models.md has them."""
    deadline_s: float = Field(900, gt=0, le=86_400)
    """How long a picture or film may take before it is given up."""
    voice: str = ""
    """Who speaks where nobody is asked for."""
    thinks: Literal["no", "enable_thinking", "reasoning_effort"] = "no"
    """How its thinking is switched: not at all, as Qwen's is, or as OpenAI's is."""
    extra: dict[str, Any] = {}
    """Fields that go into every request as they are."""

    def cost_micro(self, used: Used) -> int:
        """What a call costs, in millionths of a yuan, rounded up."""
        millionths = used.read * self.price_read + used.written * self.price_written
        yuan = (
            used.pictures * self.price_picture
            + Decimal(str(used.seconds)) * self.price_second
            + Decimal(used.characters) / 10_000 * self.price_characters
        )
        return int((millionths + yuan * 1_000_000).to_integral_value(rounding="ROUND_CEILING"))


class Configuration(_Table):
    """A whole file. A role has its models in the order in which they are tried."""

    providers: dict[str, Provider] = {}
    models: dict[str, Model] = {}
    roles: dict[Role, list[str]] = {}

    def of_role(self, role: Role) -> list[str]:
        """The names of the models that play the role."""
        return self.roles.get(role, [])

    def can_play(self, name: str, role: Role) -> bool:
        """Whether a model could play the role."""
        model = self.models[name]
        return model.does == DOES[role] and (role != "vision" or model.sees)


def path_of(settings: Settings) -> Path:
    """Where the file is looked for."""
    return settings.models or settings.data / FILE


def load(settings: Settings) -> Configuration:
    """The configuration; an empty one where there is no file. Raises Invalid, which names the line
    or the field."""
    path = path_of(settings)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if settings.models is None:
            return Configuration()
        raise _unusable(path, Text("文件不存在", "there is no such file")) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(path, Text("文件读不出来", "it cannot be read")) from error
    return parse(text, path)


def parse(text: str, path: Path) -> Configuration:
    """The configuration that is written in a file; raises Invalid."""
    try:
        found = Configuration.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _unusable(path, Text(f"不是 TOML：{error}", f"not TOML: {error}")) from None
    except ValidationError as error:
        found_wrong = error.errors(include_url=False, include_input=False)
        raise _unusable(path, complaints.invalid(found_wrong, path.name).what) from None
    _check_names(found, path)
    return found


def _check_names(found: Configuration, path: Path) -> None:
    for name, model in found.models.items():
        if model.provider not in found.providers:
            raise _unusable(
                path,
                Text(
                    f"models.{name}：没有名为 {model.provider} 的 provider",
                    f"models.{name}: no provider is called {model.provider}",
                ),
            )
        speaks = found.providers[model.provider].speaks
        can = CAN[speaks]
        if model.form not in FORMS.get(model.does, ("prompt",)):
            raise _unusable(
                path,
                Text(
                    f"models.{name}：{model.does} 没有 form = {model.form}",
                    f"models.{name}: {model.does} has no form = {model.form}",
                ),
            )
        if model.does not in can:
            raise _unusable(
                path,
                Text(
                    f"models.{name}：{speaks} 的服务器做 {'、'.join(can)}，不做 {model.does}",
                    f"models.{name}: a server that speaks {speaks} does {', '.join(can)},"
                    f" not {model.does}",
                ),
            )
    for role, names in found.roles.items():
        for name in names:
            if name not in found.models:
                raise _unusable(
                    path,
                    Text(
                        f"roles.{role}：没有名为 {name} 的模型",
                        f"roles.{role}: no model is called {name}",
                    ),
                )
            does = found.models[name].does
            if does != DOES[role]:
                raise _unusable(
                    path,
                    Text(
                        f"roles.{role}：模型 {name} 做的是 {does}，这里要 {DOES[role]}",
                        f"roles.{role}: the model {name} does {does}; {DOES[role]} is needed",
                    ),
                )
            if role == "vision" and not found.models[name].sees:
                raise _unusable(
                    path,
                    Text(
                        f"roles.vision：模型 {name} 没有写 sees = true",
                        f"roles.vision: the model {name} does not say sees = true",
                    ),
                )


def _unusable(path: Path, why: Text) -> Invalid:
    return Invalid(
        Text(f"模型配置不能用：{why.zh}", f"The models cannot be configured: {why.en}"),
        hint=_HINT,
        where=str(path),
    )
