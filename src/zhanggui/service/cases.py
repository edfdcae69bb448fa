"""Cases: conversations that a shop keeps to judge its service by.

None holds personal data: what names or locates a person in the words is replaced by what it is, and
who asked is kept as the buyer's id, which leads nowhere once the buyer is forgotten.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock, complaints, masking
from zhanggui.base.chinese import addresses
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.service import store
from zhanggui.service.context import Asked, Turn
from zhanggui.service.models import ServiceCase
from zhanggui.service.scoring import Case, CaseTurn
from zhanggui.shop.buyers import buyer_id

MOST = 5_000
"""Cases a shop may keep."""
BY_HAND = "kept"
"""The kind of a case that a person kept; a pack's cases have kinds of their own."""


def asked(case: Case) -> Asked:
    """A case as the message that is asked."""
    return Asked(
        case.turns[-1].text,
        case.buyer,
        case.order_id,
        case.product_id,
        [Turn("shopper" if t.role == "shopper" else "shop", t.text) for t in case.turns[:-1]],
    )


def of(row: ServiceCase, nicks: Mapping[str, str]) -> Case:
    """A kept case to be played; `nicks` are the buyers' by id."""
    return Case.model_validate(
        {
            "id": row.id,
            "kind": row.kind,
            "buyer": nicks.get(row.buyer_id or ""),
            "product_id": row.product_id,
            "order_id": row.order_id,
            "turns": row.turns,
            "expect": row.expect,
        }
    )


def id_of(case: Case) -> str:
    """The id of a case kept by hand: the same question asked from the same place is one case."""
    what = [case.buyer, case.product_id, case.order_id, *(t.model_dump() for t in case.turns)]
    text = json.dumps(what, ensure_ascii=False, sort_keys=True)
    return f"case_{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"


async def keep(session: AsyncSession, shop_id: str, case: Case, *, by: str) -> ServiceCase:
    """Keep a case, in place of the one of its id. Raises Invalid where the shop has as many as it
    may."""
    row = await session.get(ServiceCase, (shop_id, case.id))
    if row is None:
        if await store.case_count(session, shop_id) >= MOST:
            raise Invalid(
                Text(f"最多保留 {MOST} 条评测对话", f"At most {MOST} cases are kept"),
                hint=Text("先删掉一些不再需要的。", "Remove some that are no longer needed."),
            )
        row = ServiceCase(shop_id=shop_id, id=case.id, made_at=clock.now(), made_by=by)
        session.add(row)
    nick = case.buyer
    row.kind = case.kind
    row.buyer_id = buyer_id(shop_id, nick) if nick and not masking.is_masked(nick) else None
    row.product_id, row.order_id = case.product_id, case.order_id
    row.turns = _without_people(case.turns, nick)
    row.expect = _scrubbed(case.expect.model_dump())
    await session.flush()
    return row


def _without_people(turns: Sequence[CaseTurn], nick: str | None) -> list[dict[str, str]]:
    texts = [unicodedata.normalize("NFKC", turn.text) for turn in turns]
    known = {unicodedata.normalize("NFKC", nick): "[昵称]"} if nick else {}
    for text in texts:  # What one turn gives, the others may repeat.
        written = addresses.read(text)
        known |= {written.address: "[地址]"} if written.address else {}
        known |= {written.receiver: "[姓名]"} if written.receiver else {}
    for value in sorted(known, key=len, reverse=True):
        texts = [text.replace(value, known[value]) for text in texts]
    return [
        {"role": turn.role, "text": addresses.hidden(text)}
        for turn, text in zip(turns, texts, strict=True)
    ]


def _scrubbed(expect: dict[str, list[str] | list[list[str]]]) -> dict[str, object]:
    """Replies are judged after scrubbing, and so is what they have to include."""

    def scrub(value: str | list[str]) -> str | list[str]:
        return masking.scrub(value) if isinstance(value, str) else list(map(masking.scrub, value))

    return {name: [scrub(value) for value in values] for name, values in expect.items()}


def read_lines(text: str) -> Iterator[Case]:
    """The cases of a ``cases.jsonl``. Raises Invalid naming the first line that is none."""
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate(json.loads(line))
            complaints.refuse_unstorable(case.model_dump())
            if not case.id:
                raise ValueError("no id")
            yield case
        except (ValueError, ValidationError, RecursionError, Invalid) as error:
            raise Invalid(
                Text(f"第 {number} 行不是一条评测对话", f"Line {number} is no case"),
                hint=Text(
                    "每行一条，格式同店铺数据包的 cases.jsonl。",
                    "One case a line, in the form of a shop pack's cases.jsonl.",
                ),
                where=f"cases.jsonl:{number}",
            ) from error
