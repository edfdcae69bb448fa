"""The keys of models' servers: one comes from the environment, else from a file beside
``models.toml``, in which it is sealed.

A stored key is sealed with the installation's own and bound to its server's name and address:
whoever sends a server elsewhere by editing ``models.toml`` does not send the key along. No key is
ever in a tool's output, a log or the record of what was done: only where it comes from and how it
ends.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Literal

import structlog
from pydantic import BaseModel, SecretStr, TypeAdapter, ValidationError

from zhanggui.ai import configuration, safekeeping
from zhanggui.ai.configuration import Configuration, Provider
from zhanggui.base import backup
from zhanggui.base.crypto import Cipher
from zhanggui.base.db import NO_SHOP
from zhanggui.base.errors import Invalid, Unavailable
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

log = structlog.get_logger(__name__)

_SHOWN = 4
_LONG_ENOUGH = 16
"""Of a shorter key its end would tell too much."""
_Kept = TypeAdapter(dict[str, str | None])
"""By server its sealed key; null where one is wanted and was taken away."""


class ModelKeyView(BaseModel):
    """A server's key: whether it comes from the environment, is stored or is missing, and its last
    four characters."""

    source: Literal["env", "stored", "missing"]
    last: str | None


def path_of(settings: Settings) -> Path:
    """Where stored keys lie."""
    return configuration.path_of(settings).with_suffix(".keys.json")


backup.carry(configuration.FILE, configuration.path_of)
backup.carry("models.keys.json", path_of)


def configured(settings: Settings, cipher: Cipher) -> Configuration:
    """The configuration, each server with its key; raises Invalid where one of the two files cannot
    be used."""
    return brought(configuration.load(settings), settings, cipher)


def brought(
    found: Configuration,
    settings: Settings,
    cipher: Cipher,
    typed: Mapping[str, SecretStr] | None = None,
) -> Configuration:
    """The configuration with the keys that are stored, or, by server, the `typed` ones, which are
    not stored yet; raises Invalid."""
    kept = _read(settings)
    for name, provider in found.providers.items():
        if typed is not None and name in typed:
            provider.bring_key(typed[name])
        elif name in kept:
            provider.bring_key(_opened(cipher, name, provider.base_url, kept[name]))
    return found


def shown(provider: Provider) -> ModelKeyView | None:
    """What may be told of a server's key; None where none is asked for."""
    if provider.is_keyless:
        return ModelKeyView(source="missing", last=None)
    key = provider.key
    if key is None:
        return None
    text = key.get_secret_value()
    last = text[-_SHOWN:] if len(text) >= _LONG_ENOUGH else None
    return ModelKeyView(source="stored" if provider.has_stored_key else "env", last=last)


def store(settings: Settings, cipher: Cipher, addresses: Mapping[str, str], key: SecretStr) -> None:
    """Keep a key for servers, by name and address; raises Invalid."""
    kept = _read(settings)
    for name, address in addresses.items():
        sealed = cipher.encrypt(
            key.get_secret_value(), shop_id=NO_SHOP, field=_field(name, address)
        )
        kept[name] = base64.b64encode(sealed).decode()
    _write(settings, kept)


def forget(settings: Settings, name: str, *, is_wanted: bool) -> bool:
    """Keep a server's key no more, and with `is_wanted` that it needs one; says whether there was
    one. Raises Invalid."""
    kept = _read(settings)
    had = kept.pop(name, None) is not None
    if is_wanted:
        kept[name] = None
    _write(settings, kept)
    return had


def keep_only(settings: Settings, names: Collection[str]) -> None:
    """Forget the keys of servers that no file names any more."""
    kept = _read(settings)
    if kept.keys() - set(names):
        _write(settings, {name: key for name, key in kept.items() if name in names})


def is_stored(settings: Settings, name: str) -> bool:
    """Whether a key is kept for a server, also one that cannot be read; raises Invalid."""
    return _read(settings).get(name) is not None


def _field(name: str, address: str) -> str:
    return f"model.key\x00{name}\x00{address}"


def _opened(cipher: Cipher, name: str, address: str, sealed: str | None) -> SecretStr | None:
    if sealed is None:
        return None
    try:
        raw = base64.b64decode(sealed, validate=True)
        return SecretStr(cipher.decrypt(raw, shop_id=NO_SHOP, field=_field(name, address)))
    except (Unavailable, binascii.Error, ValueError):
        # It was stored for another address, or with another secret.key.
        log.warning("model_key_unreadable", server=name)
        return None


def _read(settings: Settings) -> dict[str, str | None]:
    path = path_of(settings)
    try:
        return _Kept.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError):
        raise Invalid(
            Text("存着的密钥读不出来", "The stored keys cannot be read"),
            hint=Text(
                "从备份放回这个文件，或删掉它以后重新填密钥。",
                "Put the file back from a backup, or remove it and give the keys anew.",
            ),
            where=str(path),
        ) from None  # What is in it is nobody's to read in a log.


def _write(settings: Settings, kept: dict[str, str | None]) -> None:
    safekeeping.write(path_of(settings), json.dumps(kept, indent=1, sort_keys=True) + "\n")
