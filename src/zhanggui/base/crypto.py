"""Encryption of personal data and stored secrets, and blind indexes to find them again.

AES-256-GCM with a random 96-bit nonce; the associated data binds a value to its shop and field, so
that a value moved to another row does not decrypt. Blind indexes are HMAC-SHA-256 under a key
derived for the purpose (HKDF), keyed by shop as well: equal phones in two shops differ.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zhanggui.base.errors import Invalid, Unavailable
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

_VERSION = b"\x01"
_NONCE = 12


class Cipher:
    """Encrypts, decrypts and indexes with keys derived from one 32-byte secret."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the secret key has 32 bytes")
        self._aead = AESGCM(_derive(key, b"zhanggui/encrypt"))
        self._index_key = _derive(key, b"zhanggui/index")
        self._sign_key = _derive(key, b"zhanggui/sign")

    def encrypt(self, text: str, *, shop_id: str, field: str) -> bytes:
        """Version byte, nonce, ciphertext and tag."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._aead.encrypt(nonce, text.encode(), _bound(shop_id, field))

    def decrypt(self, sealed: bytes, *, shop_id: str, field: str) -> str:
        """The text; raises Unavailable when the key is not the one it was sealed with."""
        try:
            nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
            return self._aead.decrypt(nonce, body, _bound(shop_id, field)).decode()
        except InvalidTag:
            raise Unavailable(
                Text(
                    "数据无法解密：密钥不匹配",
                    "The data cannot be decrypted: wrong key",
                ),
                hint=Text(
                    "请放回备份时的 secret.key，或设置 ZHANGGUI_SECRET_KEY。",
                    "Put back the secret.key of the backup, or set ZHANGGUI_SECRET_KEY.",
                ),
            ) from None

    def blind_index(self, text: str, *, shop_id: str, field: str) -> bytes:
        """16 bytes by which equal values of one field in one shop can be found."""
        message = _bound(shop_id, field) + b"\x00" + text.encode()
        return hmac.digest(self._index_key, message, "sha256")[:16]

    def sign(self, message: str) -> str:
        """A hex signature for tokens that leave the house."""
        return hmac.new(self._sign_key, message.encode(), hashlib.sha256).hexdigest()


def load_cipher(settings: Settings) -> Cipher:
    """The cipher of the configured key, or of ``secret.key`` in the data folder (made once).

    Raises Invalid for a key that cannot be one.
    """
    if settings.secret_key is not None:
        return _cipher(settings.secret_key.get_secret_value().encode(), "ZHANGGUI_SECRET_KEY")
    path = settings.data / "secret.key"
    return _cipher(_key_file(path), str(path))


def _cipher(written: bytes, where: str) -> Cipher:
    try:
        return Cipher(base64.b64decode(written.strip(), validate=True))
    except ValueError:
        raise Invalid(
            Text("密钥不对：应是 32 字节的 Base64", "The key is not 32 bytes in Base64"),
            hint=Text(
                "请放回原来的密钥；换一把密钥就读不了已加密的数据。",
                "Put the former key back; with another one, sealed data cannot be read.",
            ),
            where=where,
        ) from None


def key_fingerprint(settings: Settings) -> str:
    """By which a key is known again, and from which it cannot be told."""
    return load_cipher(settings).sign("zhanggui/key-fingerprint")[:16]


def _key_file(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(os.urandom(32)))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()


def _derive(key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(key)


def _bound(shop_id: str, field: str) -> bytes:
    return f"{shop_id}\x00{field}".encode()
