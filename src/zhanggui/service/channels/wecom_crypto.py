"""Signature and encryption of WeCom's callbacks, as 《加解密方案说明》 says
(https://developer.work.weixin.qq.com/document/path/90968).

A message is ``random(16) + length(4, big-endian) + message + receiveid``, padded as PKCS#7 does to
blocks of 32 bytes, in AES-256-CBC under the key, whose first 16 bytes are the IV as well. For an
app of one's own `receiveid` is the corp id. The signature is SHA-1 over token, timestamp, nonce and
the encrypted text, sorted.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from zhanggui.base.errors import Unauthenticated
from zhanggui.base.words import Text

_BLOCK = 32
_KEY = 32
_IV = 16
_RANDOM = 16
_LENGTH = 4


def signature(token: str, timestamp: str, nonce: str, encrypted: str) -> str:
    """What a callback is signed with, in hex."""
    parts = sorted((token, timestamp, nonce, encrypted))
    return hashlib.sha1("".join(parts).encode()).hexdigest()  # noqa: S324 # The protocol's.


def is_signed(token: str, given: str, timestamp: str, nonce: str, encrypted: str) -> bool:
    """Whether a callback comes from who knows the token."""
    expected = signature(token, timestamp, nonce, encrypted)
    return hmac.compare_digest(expected.encode(), given.encode())


def decrypted(aes_key: str, encrypted: str, receiver: str) -> str:
    """What was encrypted for `receiver`; raises Unauthenticated for anything else."""
    try:
        key = base64.b64decode(aes_key + "=")
        sealed = base64.b64decode(encrypted, validate=True)
        if len(key) != _KEY or not sealed or len(sealed) % _IV:
            raise _unreadable()
        decryptor = Cipher(algorithms.AES(key), modes.CBC(key[:_IV])).decryptor()
        plain = decryptor.update(sealed) + decryptor.finalize()
        padding = plain[-1]
        if not 1 <= padding <= _BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise _unreadable()
        body = plain[_RANDOM:-padding]
        length = int.from_bytes(body[:_LENGTH])
        message, to = body[_LENGTH : _LENGTH + length], body[_LENGTH + length :]
        if len(message) != length or not hmac.compare_digest(to, receiver.encode()):
            raise _unreadable()
        return message.decode()
    except ValueError:
        raise _unreadable() from None


def encrypted(aes_key: str, message: str, receiver: str) -> str:
    """A message as WeCom sends it."""
    key = base64.b64decode(aes_key + "=")
    text = message.encode()
    body = os.urandom(_RANDOM) + len(text).to_bytes(_LENGTH) + text + receiver.encode()
    padding = _BLOCK - len(body) % _BLOCK
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:_IV])).encryptor()
    sealed = encryptor.update(body + bytes([padding]) * padding) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def field(xml: str, name: str) -> str | None:
    """The text of a field of a flat XML message. Nothing is parsed that was not signed, and of what
    was not, only this much."""
    found = re.search(rf"<{name}>(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))</{name}>", xml, re.DOTALL)
    if found is None:
        return None
    return found[1] if found[1] is not None else found[2]


def _unreadable() -> Unauthenticated:
    return Unauthenticated(
        Text("这不是发给这个渠道的消息", "This is no message for this channel"),
        hint=Text(
            "请核对企业 ID、Token 和 EncodingAESKey。", "Check corp id, Token and EncodingAESKey."
        ),
        where="msg_signature",
    )
