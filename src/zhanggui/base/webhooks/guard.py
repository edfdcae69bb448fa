"""Where webhooks may go, so that nobody can make this machine ask what stands beside it.

Only https, only to addresses of the public internet; what else there may be the operator says in
the settings. A host's addresses are looked up once and judged, and the connection goes to the very
address that was judged: a second look-up could tell another one.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from zhanggui.base.errors import Invalid
from zhanggui.base.settings import Settings
from zhanggui.base.words import Text

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]

_UNICAST = IPv6Network("2000::/3")
"""All of IPv6 that is given out; the rest is for special uses, translation to IPv4 among them."""
_HINT = Text(
    "填写公网可以访问的 https 地址；内网地址要由装机的人在 ZHANGGUI_WEBHOOK_HOSTS 里放行。",
    "Use an https address on the public internet; who runs this installation may allow internal"
    " hosts with ZHANGGUI_WEBHOOK_HOSTS.",
)


class Unresolved(httpx.TransportError):
    """The host has no address."""


class Refused(httpx.TransportError):
    """The host's address is none that webhooks may go to."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator allows beyond the public internet."""

    hosts: frozenset[str]
    loopback: bool

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """The rules of these settings."""
        named = map(str.strip, (settings.webhook_hosts or "").lower().split(","))
        return cls(frozenset(filter(None, named)), settings.webhook_loopback)

    def allow(self, scheme: str, host: str, address: Address) -> bool:
        """Whether a message may go to a host at this address."""
        address = _plain(address)
        if scheme != "https":
            return self.loopback and address.is_loopback
        if self.loopback and address.is_loopback:
            return True
        return host.lower() in self.hosts or _is_public(address)


def check_url(rules: Rules, written: str) -> None:
    """Raise Invalid for a URL that cannot be a webhook's, as far as the text tells."""
    try:
        url = httpx.URL(written)
        host = _host(url)
    except (httpx.InvalidURL, UnicodeError):
        raise _unusable(Text("这不是一个网址", "This is no URL")) from None
    if url.scheme not in ("https", "http") or not host or not 0 < (url.port or 443) < 65536:
        raise _unusable(Text("这不是一个网址", "This is no URL"))
    if url.scheme == "http" and not rules.loopback:
        raise _unusable(Text("网址要以 https:// 开头", "The URL has to begin with https://"))
    if url.userinfo or url.fragment:
        raise _unusable(
            Text("网址里不能有账号、密码或 #", "The URL may hold no user, password or fragment")
        )
    try:
        address = ip_address(host)
    except ValueError:
        return
    if not rules.allow(url.scheme, host, address):
        raise _unusable(
            Text("这个地址在内网里，不能发送", "This address is not on the public internet")
        )


def _unusable(what: Text) -> Invalid:
    return Invalid(what, hint=_HINT, where="url")


async def resolve(host: str, port: int) -> Sequence[Address]:
    """The addresses of a host, as the system tells them; raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(address[0]) for *_, address in found))


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends through `inner` to an address that was judged, under the name that was asked for: the
    Host header and the certificate stay the host's.

    `inner` must keep no connection: it would know it by the address alone, and use it for another
    host that lies there too. Raises Unresolved, or Refused when any address of the host is none
    that `rules` allow.
    """

    def __init__(
        self, inner: httpx.AsyncBaseTransport, rules: Rules, resolve: Resolve = resolve
    ) -> None:
        self._inner = inner
        self._rules = rules
        self._resolve = resolve

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        host = _host(request.url)
        addresses = await self._judged(request.url.scheme, host, request.url.port)
        for address in addresses[:-1]:
            try:
                return await self._inner.handle_async_request(_to(address, host, request))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue  # Nothing was sent; a host's addresses stand for each other.
        return await self._inner.handle_async_request(_to(addresses[-1], host, request))

    async def _judged(self, scheme: str, host: str, port: int | None) -> Sequence[Address]:
        try:
            addresses = await self._resolve(host, port or (443 if scheme == "https" else 80))
        except (OSError, UnicodeError) as error:
            raise Unresolved("no address") from error
        if not addresses:
            raise Unresolved("no address")
        if not all(self._rules.allow(scheme, host, address) for address in addresses):
            raise Refused("not an address that webhooks may go to")
        return addresses

    async def aclose(self) -> None:
        await self._inner.aclose()


def _to(address: Address, host: str, request: httpx.Request) -> httpx.Request:
    return httpx.Request(
        request.method,
        request.url.copy_with(host=str(address)),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )


def _host(url: httpx.URL) -> str:
    """The host as it is looked up: small letters, IDNA, an IPv6 address without brackets."""
    return url.raw_host.decode("ascii").strip("[]")


def _plain(address: Address) -> Address:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return address if mapped is None else mapped


def _is_public(address: Address) -> bool:
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return True
    tunnels = address.sixtofour is not None or address.teredo is not None
    return address in _UNICAST and not tunnels
