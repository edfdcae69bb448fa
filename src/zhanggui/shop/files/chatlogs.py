"""Conversations in 千牛 chat logs: text, HTML or a csv with a row per message."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser

from zhanggui.shop.files.cells import CellError, moment, words
from zhanggui.shop.files.layouts import normalise
from zhanggui.shop.files.records import ChatLogRecord, ChatMessage, Speaker

_TIME = r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ T]*\d{1,2}:\d{2}(?::\d{2})?"
_NAME = r"[^\s()（）:：][^()（）\r\n]{0,60}?"
_HEADS = (  # A line that opens a message: who and when, with or without text after it.
    re.compile(
        rf"^\s*(?P<name>{_NAME})\s*[(（]\s*(?P<time>{_TIME})\s*[)）]\s*[:：]?\s*(?P<text>.*)$"
    ),
    re.compile(
        rf"^\s*[\[【(（]?(?P<time>{_TIME})[\]】)）]?\s+(?P<name>\S{{1,60}}?)\s*[:：]\s+(?P<text>.*)$"
    ),
    re.compile(
        rf"^\s*[\[【(（]?(?P<time>{_TIME})[\]】)）]?\s+(?P<name>\S{{1,60}}?)\s*[:：]?\s*(?P<text>)$"
    ),
    re.compile(
        rf"^\s*(?P<name>\S{{1,60}}?)\s+[\[【(（]?(?P<time>{_TIME})[\]】)）]?\s*[:：]?\s*(?P<text>.*)$"
    ),
)
_BREAK = re.compile(r"^\s*[-=*_—─]{5,}.*$")
_TITLE = re.compile(
    r"(?:聊天记录|消息记录|会话记录|聊天对象|客户|买家)\s*[:：]?\s*(?P<name>\S{0,60})\s*$"
)
_ROLE = re.compile(r"[(（\[【](买家|顾客|客户|卖家|客服|机器人|商家)[)）\]】]")
_ROBOT = re.compile(r"机器人|店小蜜|自动回复|智能客服")
_SYSTEM = re.compile(r"^(?:系统|系统消息|系统提示|提示)$")
_SHOP_TALK = re.compile(r"^亲|您好|欢迎光临|有什么可以帮|请问有什么|在的")
GAP_SECONDS = 6 * 3600
"""A silence after which the same two people are in another conversation."""


@dataclass
class _Message:
    row: int
    name: str
    text: str
    sent_at: datetime | None
    section: int = 0


@dataclass
class _Conversation:
    messages: list[_Message] = field(default_factory=list)


def looks_like_chat(text: str) -> bool:
    """Whether at least three lines, and a tenth of all, open a message; or two and a third."""
    lines = [line for line in text.splitlines()[:2_000] if line.strip()]
    heads = sum(1 for line in lines if _head(line))
    return (heads >= 3 and heads * 10 >= len(lines)) or (heads == 2 and len(lines) <= 6)


def _head(line: str) -> re.Match[str] | None:
    if len(line) > 400:
        return None
    for pattern in _HEADS:
        if match := pattern.match(line):
            return match
    return None


def from_text(lines: Iterable[str]) -> Iterator[ChatLogRecord]:
    """Conversations in a plain-text log."""
    return _conversations(_messages_in(lines))


def _messages_in(lines: Iterable[str]) -> Iterator[_Message]:
    current: _Message | None = None
    section = 0
    for number, line in enumerate(lines, 1):
        head = _head(line)
        if head is None and (_BREAK.match(line) or (len(line) < 80 and _TITLE.match(line.strip()))):
            if current is not None:
                yield current
                current = None
                section += 1
            continue
        if head is not None:
            if current is not None:
                yield current
            current = _Message(
                number, head["name"].strip(), head["text"], _time(head["time"]), section
            )
        elif current is not None and line.strip():
            current.text = f"{current.text}\n{line.strip()}" if current.text else line.strip()
    if current is not None:
        yield current


def _time(text: str) -> datetime | None:
    try:
        return moment(text)
    except CellError:
        return None


def html_lines(text: str) -> list[str]:
    """The lines a reader of the HTML sees."""
    tree = LexborHTMLParser(text.replace("\0", ""))
    for node in tree.css("script, style, head"):
        node.decompose()
    for node in tree.css("br"):
        node.replace_with("\n")
    for node in tree.css("div, p, li, tr, dd, dt, h1, h2, h3, section"):
        node.insert_after("\n")
        node.insert_before("\n")
    body = tree.body.text(deep=True, separator="") if tree.body else ""
    return [line.replace("\u00a0", " ") for line in body.split("\n")]


COLUMNS = {
    "conversation": ("会话ID", "会话编号", "会话", "对话ID", "session_id", "conversation_id"),
    "buyer": (
        *("买家", "买家昵称", "买家会员名", "买家旺旺", "买家账号", "客户", "客户昵称", "客户旺旺"),
        *("顾客", "顾客昵称", "会员名", "buyer"),
    ),
    "agent": (
        *("客服", "客服昵称", "客服账号", "客服名称", "接待客服", "旺旺", "客服旺旺", "子账号"),
        *("客服子账号", "agent"),
    ),
    "sender": (
        *("发送方", "发送人", "发送者", "发言人", "发言者", "消息发送方", "消息发送者", "说话人"),
        *("发送方昵称", "发送人昵称", "发送者昵称", "发送账号", "sender", "from"),
    ),
    "receiver": ("接收方", "接收人", "接收者", "接收方昵称", "接收人昵称", "receiver", "to"),
    "role": (
        *("角色", "发言角色", "发送方角色", "发送者角色", "发送方类型", "发送者类型"),
        *("消息方向", "role"),
    ),
    "time": (
        *("时间", "发送时间", "消息时间", "消息发送时间", "聊天时间", "发言时间", "日期", "time"),
        "sent_at",
    ),
    "text": (
        *("内容", "消息内容", "聊天内容", "对话内容", "会话内容", "发言内容", "聊天消息", "消息"),
        *("发送内容", "content", "text", "message"),
    ),
}
_BY_HEADER = {normalise(alias): name for name, aliases in COLUMNS.items() for alias in aliases}
_AS_BUYER = frozenset(("买家", "客户", "顾客", "访客", "buyer", "user", "customer"))
_AS_AGENT = frozenset(("客服", "卖家", "商家", "店铺", "人工客服", "agent", "seller"))


def message_columns(header: Sequence[str]) -> dict[str, int] | None:
    """Which columns of a table with a row per message are what; None if it is no such table."""
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = _BY_HEADER.get(normalise(cell))
        if name:
            found.setdefault(name, index)
    people = {"sender", "role"} & found.keys() or {"buyer", "agent"} <= found.keys()
    return found if {"text", "time"} <= found.keys() and people else None


def from_rows(
    rows: Iterable[tuple[int, Sequence[str]]], columns: dict[str, int]
) -> Iterator[ChatLogRecord]:
    """Conversations in a table with a row per message."""

    def messages() -> Iterator[_Message]:
        keys: dict[str, int] = {}
        for number, cells in rows:
            cell = {n: cells[i].strip() if i < len(cells) else "" for n, i in columns.items()}
            try:
                text = words(cell["text"]) if cell["text"] else None
            except CellError:
                text = cell["text"]
            if not text:
                continue
            section = keys.setdefault(_conversation_of(cell), len(keys))
            sent_at = _time(cell["time"]) if cell["time"] else None
            yield _Message(number, _said_by(cell), text, sent_at, section)

    return _conversations(sorted(messages(), key=lambda m: m.section))


def _conversation_of(cell: dict[str, str]) -> str:
    """What tells a row's conversation from others: its number, the buyer, or who writes to whom."""
    if found := cell.get("conversation") or cell.get("buyer"):
        return found
    receiver = cell.get("receiver")
    return "\x1f".join(sorted((cell.get("sender", ""), receiver))) if receiver else ""


def _said_by(cell: dict[str, str]) -> str:
    """Who a row's message is from, with the role behind the name where the row tells it."""
    buyer, agent = cell.get("buyer"), cell.get("agent")
    name = cell.get("sender") or ""
    role = cell.get("role") or name
    if role in _AS_BUYER:
        return f"{(name if name != role else buyer) or buyer or role}(买家)"
    if role in _AS_AGENT:
        return f"{(name if name != role else agent) or agent or role}(客服)"
    name = name or agent or buyer or "?"
    if name == buyer:
        return f"{name}(买家)"
    return f"{name}(客服)" if name == agent else name


def _conversations(messages: Iterable[_Message]) -> Iterator[ChatLogRecord]:
    groups: list[list[_Message]] = []
    for message in messages:
        if not message.text.strip():
            continue
        last = groups[-1][-1] if groups else None
        if last is None or last.section != message.section or _apart(last, message):
            groups.append([])
        groups[-1].append(message)
    seen_in = Counter(name for group in groups for name in {m.name for m in group})
    for group in groups:
        record = _record(group, seen_in)
        if record is not None:
            yield record


def _apart(last: _Message, message: _Message) -> bool:
    if last.sent_at is None or message.sent_at is None:
        return False
    return abs((message.sent_at - last.sent_at).total_seconds()) > GAP_SECONDS


def _record(group: list[_Message], seen_in: Counter[str]) -> ChatLogRecord | None:
    names = list(dict.fromkeys(message.name for message in group))
    speakers = _speakers(group, names, seen_in)
    buyer = next((name for name in names if speakers[name] is Speaker.BUYER), None)
    if buyer is None:
        return None
    agent = next((name for name in names if speakers[name] is Speaker.AGENT), None)
    messages = tuple(
        ChatMessage(speakers[m.name], _ROLE.sub("", m.name).strip(), m.text.strip(), m.sent_at)
        for m in group
    )
    nick = _ROLE.sub("", buyer).strip()
    stamp = group[0].sent_at.isoformat() if group[0].sent_at else str(group[0].row)
    digest = hashlib.sha256(f"{nick}\x1f{stamp}\x1f{group[0].text}".encode()).hexdigest()[:24]
    return ChatLogRecord(
        group[0].row, digest, nick, _ROLE.sub("", agent).strip() if agent else None, messages
    )


def _speakers(group: list[_Message], names: list[str], seen_in: Counter[str]) -> dict[str, Speaker]:
    """Who is who: by a role beside the name, else a sub-account's colon, else by who is in many
    conversations, else by who talks like a shop."""
    found: dict[str, Speaker] = {}
    for name in names:
        role = _ROLE.search(name)
        if _SYSTEM.match(name):
            found[name] = Speaker.SYSTEM
        elif _ROBOT.search(name):
            found[name] = Speaker.ROBOT
        elif role:
            found[name] = Speaker.BUYER if role[1] in ("买家", "顾客", "客户") else Speaker.AGENT
        elif ":" in name or "：" in name:
            found[name] = Speaker.AGENT
    open_names = [name for name in names if name not in found]
    if Speaker.BUYER not in found.values() and open_names:
        has_agent = Speaker.AGENT in found.values()

        def like_shop(name: str) -> tuple[int, int, int]:
            said = sum(1 for m in group if m.name == name and _SHOP_TALK.search(m.text.strip()))
            return (seen_in[name], said, names.index(name))

        ranked = sorted(open_names, key=like_shop)
        found[ranked[0]] = Speaker.BUYER
        for name in ranked[1:]:
            found[name] = Speaker.AGENT if not has_agent or seen_in[name] > 1 else Speaker.BUYER
    for name in names:
        found.setdefault(name, Speaker.AGENT)
    return found
