"""The encryption of WeCom's callbacks, by the example of its documentation."""

from __future__ import annotations

import pytest

from zhanggui.base.errors import Unauthenticated
from zhanggui.service.channels import wecom_crypto
from zhanggui.service.channels.keys import fresh

TOKEN = "QDG6eK"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP_ID = "wx5823bf96d3bd56c7"
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="


def test_the_example_of_the_documentation_is_read():
    digest = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    assert wecom_crypto.signature(TOKEN, "1409659589", "263014780", ECHO) == digest
    assert wecom_crypto.is_signed(TOKEN, digest, "1409659589", "263014780", ECHO)
    assert wecom_crypto.decrypted(AES_KEY, ECHO, CORP_ID) == "1616140317555161061"


@pytest.mark.parametrize("length", range(70))
def test_what_is_encrypted_is_read_again_whatever_its_length(length):
    key = fresh("wecom").aes_key or ""
    sealed = wecom_crypto.encrypted(key, "好" * length, CORP_ID)
    assert wecom_crypto.decrypted(key, sealed, CORP_ID) == "好" * length


@pytest.mark.parametrize("sealed", ["", "AAAA", "not base64", "A" * 64, ECHO[:-4] + "AA=="])
def test_what_was_not_encrypted_for_us_is_refused(sealed):
    with pytest.raises(Unauthenticated):
        wecom_crypto.decrypted(AES_KEY, sealed, CORP_ID)
    with pytest.raises(Unauthenticated):
        wecom_crypto.decrypted(AES_KEY, ECHO, "wx0000000000000000")
    with pytest.raises(Unauthenticated):
        wecom_crypto.decrypted("short", ECHO, CORP_ID)


def test_fields_are_read_with_and_without_cdata():
    xml = "<xml><A><![CDATA[a<b]]></A><B>2</B></xml>"
    assert [wecom_crypto.field(xml, name) for name in "ABC"] == ["a<b", "2", None]
