"""What came of an attempt to reach the other side of a channel, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.webhooks.sending import FAILURES
from zhanggui.base.words import Text
from zhanggui.service.channels import store
from zhanggui.service.channels.models import Channel

REFUSED = "errcode"
"""The failure of a call that WeCom answered with an `errcode` of its own."""
SESSION = "session"
"""The failure of a message that WeCom did not take since the session is not ours: its state."""
LATER = "later"
"""The failure of a message that WeCom took, and said afterwards that it did not arrive."""
ODD = "odd"
"""The failure of something that came and that the program could not make anything of."""
UNFORESEEN = "unforeseen"
"""The failure of an attempt that ended as nobody expected."""
_OWN = {
    ODD: Text(
        "有一条消息出了意外，已经跳过，请到对方的客户端里看",
        "Something that came could not be kept and was skipped; see it in the channel's own client",
    ),
    UNFORESEEN: Text(
        "程序出了意外，已写进日志，过一会儿再试",
        "The program failed in a way nobody expected; it is in the log and tried again",
    ),
    store.REMOVED: Text(
        "渠道已移除，或买家的信息已抹去",
        "The channel was removed, or who wrote was forgotten",
    ),
}
_KEY = Text("密钥解不开", "The secrets cannot be unsealed")
_CODES = {
    -1: Text("企业微信系统繁忙", "WeCom is busy"),
    40001: Text("Secret 不对", "The Secret is wrong"),
    40003: Text("企业微信不认识这位客户", "WeCom does not know this customer"),
    40013: Text("企业 ID 不对", "The corp id is wrong"),
    40014: Text("access_token 不对", "The access_token is not valid"),
    42001: Text("access_token 过期", "The access_token has expired"),
    45009: Text("调用太频繁，被企业微信限制", "WeCom limits the rate of calls"),
    45033: Text("并发太多，被企业微信限制", "WeCom limits concurrent calls"),
    48002: Text("这个应用没有调用微信客服接口的权限", "The app may not call 微信客服"),
    60020: Text("服务器的 IP 不在企业可信 IP 里", "The server's IP is not among the trusted ones"),
    93000: Text("群机器人的地址不对，或机器人已被移除", "The robot's address is wrong or gone"),
    95000: Text("客服账号 ID（open_kfid）不对", "The open_kfid is wrong"),
    95001: Text(
        "超过微信的限制：客户发消息后 48 小时内最多回 5 条",
        "Beyond what WeChat allows: 5 messages within 48 hours of the customer's last",
    ),
    95018: Text(
        "会话正由企业微信里的同事接待、在排队，或已经结束",
        "In WeCom a colleague has the session, it waits in line, or it is over",
    ),
}
_STATES = {
    2: Text("会话在企业微信的待接入池里排队", "The session waits in WeCom's own line"),
    3: Text("企业微信里的同事正在接待", "A colleague has the session in WeCom"),
    4: Text("会话已结束，要等客户再发消息", "The session is over until the customer writes again"),
}
"""States of a session (《分配客服会话》) in which nothing may be sent through the API."""
_FAIL_TYPES = {
    1: Text("客服账号已删除", "The account was removed"),
    2: Text("应用已关闭", "The app is closed"),
    4: Text("会话已过期，超过 48 小时", "The session is over: more than 48 hours"),
    5: Text("会话已关闭", "The session is closed"),
    6: Text("超过 5 条限制", "Beyond the limit of 5 messages"),
    10: Text("客户拒收", "The customer refuses messages"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: `failure` is null for what arrived. After `again` it is tried once
    more; null when it is given up. `code` is what the other side called it, `answer` the beginning
    of what it said. Of a message in several parts so many `parts` have arrived."""

    failure: str | None = None
    code: int | None = None
    again: timedelta | None = None
    answer: str = ""
    parts: int = 0


async def note(session: AsyncSession, channel: Channel, outcome: Outcome) -> None:
    """Keep it as the channel's last failure."""
    await store.note(
        session, channel.shop_id, channel.id,
        failure=outcome.failure, failed_code=outcome.code, failed_at=clock.now(),
    )  # fmt: skip


def told(failure: str, code: int | None) -> Text:
    """Why an attempt failed."""
    if failure == LATER:
        unknown = Text("没有送达，原因未知", "Not delivered, for unknown reasons")
        return _FAIL_TYPES.get(code or 0, unknown)
    if failure == SESSION and code in _STATES:
        return _STATES[code]
    if failure in (REFUSED, SESSION):
        unknown = Text(f"企业微信返回错误 {code}", f"WeCom answered with error {code}")
        return _CODES.get(code or 0, unknown)
    if failure == "key":
        return _KEY
    if failure in _OWN:
        return _OWN[failure]
    return FAILURES[failure]  # type: ignore[index] # Only these.


def note_of(seq: int, outcome: Outcome) -> str:
    """What staff are told in the conversation of a message that was given up."""
    reason = told(outcome.failure or "", outcome.code).zh
    return f"上面第 {seq} 条没有送到买家：{reason}。"
