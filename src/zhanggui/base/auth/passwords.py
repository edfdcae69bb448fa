"""Passwords: argon2id, and the few rules that matter (length, not a common one)."""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text

SHORTEST, LONGEST = 10, 200

# RFC 9106's second recommended option: 64 MiB, three passes, four lanes.
_HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4)

# Few at a time, so that a burst of sign-ins cannot take all memory.
_AT_ONCE = 4

_COMMON = frozenset(
    """
    1234567890 0123456789 9876543210 0987654321 12345678910 123456789a a123456789 1234567891
    123456789q q123456789 123456789abc abc123456789 abcd123456 abcdefghij 1q2w3e4r5t
    1qaz2wsx3edc qwertyuiop qwerty12345 qwerty123456 qazwsxedcrfv zaq12wsxcde3 asdfghjkl1
    asdfghjkl123 1qazxsw23edc password12 password123 password1234 passw0rd123 p@ssw0rd123
    mypassword administrator admin12345 admin123456 administrator1 root123456 welcome123
    welcome1234 letmein1234 iloveyou123 iloveyou1314 woaini1314 woaini5201314 woaini520
    5201314520 1314520520 woaiwojia1314 1234554321 1122334455 1212121212 1233211234567
    123123123123 1231231231 qq123456789 wang123456 zhang123456 li123456789 zhanggui123
    zhanggui1234 taobao123456 qianniu123456 dianpu123456 changeme123 default1234 test123456
    testtest123 football123 sunshine123 princess123 superman123
    """.split()  # noqa: SIM905 # One word to a line would be a screenful.
)


def check(password: str, *, email: str | None = None) -> None:
    """Raise Invalid unless the password may be chosen."""
    lowered = password.lower()
    if len(password) < SHORTEST:
        _refuse(Text(f"密码至少 {SHORTEST} 个字符", f"At least {SHORTEST} characters"))
    if len(password) > LONGEST:
        _refuse(Text(f"密码最多 {LONGEST} 个字符", f"At most {LONGEST} characters"))
    if lowered in _COMMON or len(set(lowered)) < 4:
        _refuse(Text("这个密码太常见", "This password is too common"))
    if email and lowered in (email, email.partition("@")[0], email.replace("@", "")):
        _refuse(Text("密码不能是邮箱", "A password may not be the e-mail"))


def _refuse(what: Text) -> None:
    raise Invalid(
        what,
        hint=Text("换一个更长、更难猜的密码。", "Choose a longer one that is harder to guess."),
        where="password",
    )


async def hashed(password: str) -> str:
    """The argon2id hash with its salt and parameters."""
    async with _gate():
        return await asyncio.to_thread(_HASHER.hash, password)


async def verify(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; takes as long when there is none."""
    async with _gate():
        right = await asyncio.to_thread(_verify, password, stored or _nobody())
    return right and stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def _verify(password: str, stored: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _HASHER.hash("the password of an account that does not exist")


_gates: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


def _gate() -> asyncio.Semaphore:
    loop = asyncio.get_running_loop()
    if loop not in _gates:
        _gates.clear()  # The loops of earlier tests are over.
        _gates[loop] = asyncio.Semaphore(_AT_ONCE)
    return _gates[loop]
