"""Who is calling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["owner", "agent", "viewer", "shopper", "system"]
"""owner: everything; agent (客服): serves shoppers; viewer: reads; shopper: bound to one buyer;
system: the program itself (start-up, workflows, the command line of the machine's own user)."""

Kind = Literal["person", "key", "assistant", "system"]

EVERYONE: frozenset[Role] = frozenset(("owner", "agent", "viewer", "shopper", "system"))
STAFF: frozenset[Role] = frozenset(("owner", "agent", "viewer", "system"))
WORKERS: frozenset[Role] = frozenset(("owner", "agent", "system"))
OWNERS: frozenset[Role] = frozenset(("owner", "system"))


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller of a tool in one shop.

    `kind` tells a person from an API key and from an AI assistant acting with that person's role;
    `buyer_id` binds a shopper to the one buyer whose records they may see.
    """

    id: str
    role: Role
    kind: Kind = "person"
    buyer_id: str | None = None

    def __post_init__(self) -> None:
        if self.buyer_id is not None and self.role != "shopper":
            raise ValueError("only a shopper is bound to a buyer")


SYSTEM = Principal(id="system", role="system", kind="system")
