"""Receivers are sealed, masked and found by a whole phone alone."""

from __future__ import annotations

import pytest

from zhanggui.base.crypto import Cipher
from zhanggui.base.errors import Unavailable
from zhanggui.shop.receivers import Receiver, phone_index, seal, unseal

CIPHER = Cipher(b"k" * 32)
WHOM = Receiver("张小满", "19900001234", "浙江省 杭州市 西湖区 示例路1号")


def test_sealed_and_read_again():
    sealed = seal(CIPHER, "s", WHOM)
    assert sealed is not None
    assert unseal(CIPHER, "s", sealed) == WHOM
    assert b"19900001234" not in sealed
    assert seal(CIPHER, "s", WHOM) != sealed
    assert unseal(CIPHER, "s", None) == Receiver()
    assert seal(CIPHER, "s", Receiver()) is None


def test_another_shop_cannot_read_it():
    with pytest.raises(Unavailable):
        unseal(CIPHER, "other", seal(CIPHER, "s", WHOM))


def test_masked_for_the_screen():
    shown = WHOM.masked()
    assert (shown.name, shown.phone) == ("张**", "199****1234")
    assert shown.address == "浙江省 杭州****"
    already = Receiver("张**", "199****1234", None)
    assert already.masked() == already


@pytest.mark.parametrize("phone", [None, "", "199****1234", "12345", "0571-88888888"])
def test_no_index_for_what_is_no_whole_phone(phone):
    assert phone_index(CIPHER, "s", phone) is None


def test_one_index_for_a_phone_however_it_is_written():
    index = phone_index(CIPHER, "s", "19900001234")
    assert index is not None
    assert phone_index(CIPHER, "s", "86-19900001234") == index
    assert phone_index(CIPHER, "other", "19900001234") != index
