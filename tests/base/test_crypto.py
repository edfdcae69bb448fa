"""The key is as it should be, or the reader is told which is not."""

import base64

import pytest
from pydantic import SecretStr

from zhanggui.base.crypto import load_cipher
from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings

GOOD = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize("key", ["", "not base64!", base64.b64encode(b"short").decode(), GOOD[:-5]])
def test_a_key_that_is_none_is_told(tmp_path, key):
    with pytest.raises(Invalid) as told:
        load_cipher(Settings(data=tmp_path, secret_key=SecretStr(key)))
    assert told.value.where == "ZHANGGUI_SECRET_KEY"
    (tmp_path / "secret.key").write_text(key)
    with pytest.raises(Invalid) as told:
        load_cipher(Settings(data=tmp_path))
    assert told.value.where == str(tmp_path / "secret.key")


def test_a_made_key_is_kept_and_for_its_owner_alone(tmp_path):
    sealed = load_cipher(Settings(data=tmp_path)).encrypt("x", shop_id="a", field="f")
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert load_cipher(Settings(data=tmp_path)).decrypt(sealed, shop_id="a", field="f") == "x"


def test_a_line_end_after_the_key_is_no_part_of_it(tmp_path):
    sealed = load_cipher(Settings(data=tmp_path, secret_key=SecretStr(GOOD))).encrypt(
        "x", shop_id="a", field="f"
    )
    again = load_cipher(Settings(data=tmp_path, secret_key=SecretStr(f"{GOOD}\n")))
    assert again.decrypt(sealed, shop_id="a", field="f") == "x"
