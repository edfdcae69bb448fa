"""Conversations from chat logs, whoever saved them."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.shop.files import samples
from zhanggui.shop.files import ChatLogRecord, Kind, Speaker, discover

CHINA = timezone(timedelta(hours=8))


def conversations(tmp_path: Path, data: bytes) -> list[ChatLogRecord]:
    path = tmp_path / "log.bin"
    path.write_bytes(data)
    [source] = discover(path)
    assert source.kind is Kind.CHAT_LOG
    [batch] = source.records()
    assert batch.read == sum(len(r.messages) for r in batch.records if isinstance(r, ChatLogRecord))
    return [record for record in batch.records if isinstance(record, ChatLogRecord)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_text_log(tmp_path: Path, encoding: str) -> None:
    first, second = conversations(tmp_path, samples.chat_text().encode(encoding))
    assert (first.buyer_nick, first.agent) == ("小鱼爱吃草", "暖屋小电:小美")
    assert [m.speaker for m in first.messages] == [Speaker.BUYER, Speaker.AGENT, Speaker.BUYER]
    assert first.messages[1].text == "亲，今天16点前付款当天发出"
    assert first.messages[0].sent_at == datetime(2026, 3, 12, 10, 11, 12, tzinfo=CHINA)
    assert second.messages[1].text == "可以的\n确认收货后在订单页申请"


def test_time_first_log(tmp_path: Path) -> None:
    text = (
        "2026-03-12 10:11:12 小鱼: 在吗\n2026-03-12 10:11:20 小美(客服): 在的亲\n"
        "2026-03-12 10:11:30 小鱼: 多久发货\n2026-03-12 10:11:33 店小蜜: 当天发\n"
    )
    [record] = conversations(tmp_path, text.encode())
    assert record.buyer_nick == "小鱼"
    assert [m.speaker for m in record.messages][1::2] == [Speaker.AGENT, Speaker.ROBOT]


def test_html_log(tmp_path: Path) -> None:
    body = "".join(
        f"<div><span>{name}</span> <i>(2026-03-12 10:11:1{n})</i>:<br><p>{text}</p></div>"
        for n, (name, text) in enumerate(
            [("小鱼", "在吗"), ("店:小美", "在的亲&nbsp;"), ("小鱼", "好")]
        )
    )
    [record] = conversations(tmp_path, f"<html><body>{body}</body></html>".encode("gb18030"))
    assert [m.text for m in record.messages] == ["在吗", "在的亲", "好"]
    assert record.agent == "店:小美"


def test_long_silence_parts_conversations(tmp_path: Path) -> None:
    text = "".join(
        f"小鱼(2026-03-{day} 10:00:00):\n还有货吗\n店:小美(2026-03-{day} 10:01:00):\n有的\n"
        for day in (12, 14)
    )
    found = conversations(tmp_path, text.encode())
    assert len({record.conversation_id for record in found}) == 2
    assert found == conversations(tmp_path, text.encode())


def test_table_with_a_row_per_message(tmp_path: Path) -> None:
    found = conversations(tmp_path, samples.as_csv(samples.chat_rows(random.Random(1))))
    assert [len(record.messages) for record in found] == [2, 2, 2]
    assert {record.buyer_nick for record in found} == {"小鱼爱吃草"}


def test_messages_are_no_faq_whatever_the_sender_is_called(tmp_path: Path) -> None:
    """Questions beside their times look like a question and its answer."""
    rows = [
        ["时间", "发送者", "接收人", "消息内容"],
        ["2026-03-12 10:11:12", "小鱼", "店:小美", "多久发货"],
        ["2026-03-12 10:11:20", "店:小美", "小鱼", "今天发"],
        ["2026-03-12 10:11:30", "阿木", "店:小美", "能开票吗"],
        ["2026-03-12 10:11:40", "店:小美", "阿木", "可以的"],
    ]
    found = conversations(tmp_path, samples.as_csv(rows))
    assert [record.buyer_nick for record in found] == ["小鱼", "阿木"]


def test_a_role_beside_the_name_tells_who_is_who(tmp_path: Path) -> None:
    rows = [
        ["会话ID", "客户昵称", "客服昵称", "发言角色", "消息时间", "消息内容"],
        ["1", "小鱼", "小美", "客户", "2026-03-12 10:11:12", "多久发货"],
        ["1", "小鱼", "小美", "客服", "2026-03-12 10:11:20", "今天发"],
    ]
    [record] = conversations(tmp_path, samples.as_xlsx(rows))
    assert (record.buyer_nick, record.agent) == ("小鱼", "小美")
    assert [m.speaker for m in record.messages] == [Speaker.BUYER, Speaker.AGENT]


def test_one_question_and_its_answer_are_a_log(tmp_path: Path) -> None:
    text = "小鱼(2026-03-12 10:11:12):\n还有货吗\n店:小美(2026-03-12 10:11:20):\n有的\n"
    [record] = conversations(tmp_path, text.encode())
    assert len(record.messages) == 2


def test_a_log_in_which_nobody_buys_says_so(tmp_path: Path) -> None:
    rows = [["买家昵称", "客服", "消息时间", "消息内容"]]
    rows += [["小鱼", "小美", f"2026-03-12 10:11:1{n}", "好的"] for n in range(3)]
    path = tmp_path / "log.csv"
    path.write_bytes(samples.as_csv(rows))
    [source] = discover(path)
    [batch] = source.records()
    assert (source.kind, batch.accepted) == (Kind.CHAT_LOG, 0)
    assert "分不出" in batch.problems[0].reason.zh
