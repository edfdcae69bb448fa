"""Enough to recognise, too little to use."""

import pytest

from zhanggui.base.masking import mask_phone, mask_values, scrub


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("0571-88881234", "057****1234"),
        ("88881234", "******34"),
        ("8881234", "*****34"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_phone_is_never_whole(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    "written",
    ["13812345678", "+8613812345678", "8613812345678", "+86 138-1234-5678", "138 1234 5678"],
)
def test_a_mobile_is_scrubbed_however_it_is_written(written):
    said = scrub(f"请打{written}，谢谢")
    assert "1234" not in said
    assert said.endswith("****5678，谢谢")


@pytest.mark.parametrize("number", ["4099121381234567890", "381381234567812", "2026-03-12 10:48"])
def test_other_numbers_stay(number):
    assert scrub(number) == number


def test_of_what_is_given_the_fields_stay():
    given = {
        "to": {"phone": "13812345678", "note": ""},
        "lines": [{"sku": "s1", "n": 2}],
        "a": None,
    }
    assert mask_values(given) == {
        "to": {"phone": "…", "note": ""}, "lines": [{"sku": "…", "n": 2}], "a": None,
    }  # fmt: skip
