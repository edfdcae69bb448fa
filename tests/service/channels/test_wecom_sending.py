"""How a message is put to WeCom."""

from __future__ import annotations

import re

from zhanggui.service.channels.wecom_sending import message_id, parts


def test_a_long_text_is_sent_in_parts_that_are_whole_letters():
    text = "好" * 700 + "a"
    found = parts(text)
    assert "".join(found) == text
    assert [len(each.encode()) for each in found] == [2046, 55]
    assert parts("") == []


def test_every_part_has_an_id_that_wecom_takes():
    ids = {message_id("conv_1", seq, number) for seq in range(9) for number in range(9)}
    assert len(ids) == 81
    assert all(re.fullmatch("[0-9a-zA-Z_-]{32}", each) for each in ids)
