"""WeCom on this machine, as far as 微信客服 and a group's robot go: a stub that speaks the
protocol of the documentation that :mod:`zhanggui.service.channels.wecom_api` names, and its faults.

`gettoken` with tokens that end, `kf/sync_msg` with cursors, tokens and pages, `kf/send_msg` with
ids, the limit of five messages and sessions that are not the program's, `kf/service_state/get`,
`media/get`, `media/upload`, `webhook/send`; and the callbacks it makes, signed and encrypted by
code of its own. Nothing of it was compared with the real service.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from PIL import Image

from zhanggui.base import clock

CORP_ID = "ww0123456789abcdef"
KFID = "wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyTTT"
SECRET = "s3cret-of-the-app"
ROBOT_KEY = "693axxx6-7aoc-4bc4-97a0-0ec2sifa5aaa"
TICKET = "ENCApHxnGDNAVNY4AaSJKj4Tb5mwsEMzxhFmHVGcra996NR"
_MOST = 5


def moment() -> int:
    """Now, as `send_time` counts it."""
    return int(clock.now().timestamp())


def jpeg() -> bytes:
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


@dataclass
class WecomStub:
    """What was asked and said, and what is to go wrong: of a path the next error codes
    (`errors`), after which it works again."""

    page: int = 1000
    messages: list[dict[str, Any]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    robot: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    errors: dict[str, list[int]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    uploaded: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    is_down: bool = False
    tokens: int = 0
    token: str = ""
    aes_key: str = ""
    key: str = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *exception: object) -> None:
        self._server.close()

    def knows(self, made: Any) -> None:
        """What the owner wrote into WeCom's console."""
        self.key, self.token, self.aes_key = made.id, made.token, made.aes_key

    def expire(self) -> None:
        """End the access token there is."""
        self.tokens += 1

    def writes(self, text: str, msgid: str, who: str = "wmAlice", **more: Any) -> None:
        """A customer writes; at another moment with `send_time`."""
        self._put(who, msgid, 3, msgtype="text", text={"content": text}, **more)

    def shows(self, picture: bytes, msgid: str, who: str = "wmAlice") -> None:
        """A customer sends a picture."""
        self.pictures[f"media-{msgid}"] = picture
        self._put(who, msgid, 3, msgtype="image", image={"media_id": f"media-{msgid}"})

    def answers(
        self, text: str, msgid: str, who: str = "wmAlice", by: str = "zhangsan", **more: Any
    ) -> None:
        """A colleague answers in WeCom's own client."""
        said = {"msgtype": "text", "text": {"content": text}, "servicer_userid": by}
        self._put(who, msgid, 5, **said, **more)

    def happens(self, event_type: str, msgid: str, who: str = "wmAlice", **more: Any) -> None:
        """Something happens in a session."""
        event = {"event_type": event_type, "open_kfid": KFID, "external_userid": who, **more}
        self.messages.append(
            {"msgid": msgid, "send_time": moment(), "origin": 4, "msgtype": "event", "event": event}
        )

    def _put(self, who: str, msgid: str, origin: int, **more: Any) -> None:
        if origin == 3:
            self.left[who] = _MOST
        self.messages.append(
            {
                "msgid": msgid, "open_kfid": KFID, "external_userid": who, "send_time": moment(),
                "origin": origin, **more,
            }
        )  # fmt: skip

    def callback(self, *, account: str = KFID, receiver: str = CORP_ID) -> tuple[str, str]:
        """The address and body of a callback: there is something to fetch."""
        told = (
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><CreateTime>1</CreateTime>"
            "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event>"
            f"<Token><![CDATA[{TICKET}]]></Token><OpenKfId><![CDATA[{account}]]></OpenKfId></xml>"
        )
        sealed = self.sealed(told, receiver)
        body = (
            f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName>"
            f"<Encrypt><![CDATA[{sealed}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>"
        )
        return self.signed(sealed), body

    def echo(self, said: str) -> str:
        """The address by which WeCom looks whether the server is ours."""
        sealed = self.sealed(said, CORP_ID)
        quoted = sealed.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")
        return f"{self.signed(sealed)}&echostr={quoted}"

    def signed(self, sealed: str, timestamp: str = "1780279200", nonce: str = "n0nce") -> str:
        """A callback's address, signed over what it carries."""
        digest = hashlib.sha1("".join(sorted([self.token, timestamp, nonce, sealed])).encode())
        return (
            f"/api/channels/{self.key}/wecom?msg_signature={digest.hexdigest()}"
            f"&timestamp={timestamp}&nonce={nonce}"
        )

    def sealed(self, text: str, receiver: str) -> str:
        """A text as WeCom encrypts it."""
        key = base64.b64decode(self.aes_key + "=")
        plain = b"0123456789abcdef" + len(text.encode()).to_bytes(4) + text.encode()
        plain += receiver.encode()
        padding = 32 - len(plain) % 32
        writer = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
        sealed = writer.update(plain + bytes([padding]) * padding) + writer.finalize()
        return base64.b64encode(sealed).decode()

    def said_to(self, who: str = "wmAlice") -> list[str]:
        """The texts a customer was sent."""
        return [
            each["text"]["content"]
            for each in self.sent
            if each["touser"] == who and each["msgtype"] == "text"
        ]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
            headers = {k.lower(): v for k, v in (line.split(": ", 1) for line in head[1:])}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            if not self.is_down:
                url = urlsplit(head[0].split()[1])
                query = {name: values[0] for name, values in parse_qs(url.query).items()}
                content, kind = self._answer(url.path, query, headers, body)
                writer.write(
                    f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\n"
                    f"content-length: {len(content)}\r\n\r\n".encode()
                    + content
                )
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.close()

    def _answer(
        self, path: str, query: dict[str, str], headers: dict[str, str], body: bytes
    ) -> tuple[bytes, str]:
        name = path.removeprefix("/cgi-bin/")
        is_json = headers.get("content-type") == "application/json"
        given = json.loads(body) if is_json else query
        self.asked.append((name, given))
        code = self.errors.get(name, []).pop(0) if self.errors.get(name) else 0
        if name == "media/get" and not code and self._is_let_in(query):
            found = self.pictures.get(query["media_id"])
            if found is not None:
                return found, "image/jpeg"
            code = 40007
        told = (
            {"errcode": code, "errmsg": "as told"} if code else self._told(name, query, given, body)
        )
        return json.dumps(told).encode(), "application/json; charset=UTF-8"

    def _is_let_in(self, query: dict[str, str]) -> bool:
        return query.get("access_token") == f"token-{self.tokens}"

    def _told(
        self, name: str, query: dict[str, str], given: dict[str, Any], body: bytes
    ) -> dict[str, Any]:
        if name == "gettoken":
            if (given["corpid"], given["corpsecret"]) != (CORP_ID, SECRET):
                return {"errcode": 40001, "errmsg": "invalid credential"}
            token = f"token-{self.tokens}"
            return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": 7200}
        if name == "webhook/send":
            if query.get("key") != ROBOT_KEY:
                return {"errcode": 93000, "errmsg": "invalid webhook url"}
            self.robot.append(given[given["msgtype"]]["content"])
            return {"errcode": 0, "errmsg": "ok"}
        if not self._is_let_in(query):
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if name == "media/upload":
            media = f"up-{len(self.uploaded)}"
            self.uploaded[media] = body.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]
            return {"errcode": 0, "errmsg": "ok", "type": "image", "media_id": media}
        if name == "kf/sync_msg":
            return self._page(given)
        if name == "kf/service_state/get":
            state = self.states.get(given["external_userid"], 1)
            return {"errcode": 0, "errmsg": "ok", "service_state": state}
        if name == "kf/send_msg":
            return self._send(given)
        return {"errcode": 40004, "errmsg": "no such path"}

    def _page(self, given: dict[str, Any]) -> dict[str, Any]:
        begin = int(given.get("cursor", "c0")[1:])
        end = min(begin + min(self.page, given["limit"]), len(self.messages))
        return {
            "errcode": 0, "errmsg": "ok", "next_cursor": f"c{end}",
            "has_more": int(end < len(self.messages)), "msg_list": self.messages[begin:end],
        }  # fmt: skip

    def _send(self, given: dict[str, Any]) -> dict[str, Any]:
        who = given["touser"]
        if self.states.get(who, 1) not in (0, 1):
            return {"errcode": 95018, "errmsg": "send msg session status invalid"}
        if not self.left.get(who):
            return {"errcode": 95001, "errmsg": "send msg count limit"}
        self.left[who] -= 1
        self.sent.append(given)
        return {"errcode": 0, "errmsg": "ok", "msgid": given["msgid"]}
