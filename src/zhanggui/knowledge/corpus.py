"""What can be found: the shop's rows as entries of one kind, each with the id it is cited by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

Kind = Literal["faq", "policy", "product", "coupon"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the shop knows. `id` is how it is cited (``faq:ID``, ``policy:ID#N``,
    ``product:ID``, ``coupon:ID``); `questions` are ways of asking for it, `text` what it states;
    `words` is further text it may be found by, letter for letter."""

    id: str
    kind: Kind
    text: str
    questions: tuple[str, ...] = ()
    words: str = ""
    facts: tuple[str, ...] = ()
    """Of a product: what its SKUs say of themselves, as ``name：value``."""


class FaqLike(Protocol):
    """What is read of a question and its answer."""

    id: str
    question: str
    similar: list[str]
    answer: str


class PolicyLike(Protocol):
    """What is read of one version of a policy."""

    id: str
    title: str
    effective: date
    clauses: list[str]


class ProductLike(Protocol):
    """What is read of a product."""

    id: str
    title: str
    category: str | None
    description: str | None


class SkuLike(Protocol):
    """What is read of a SKU."""

    product_id: str
    attributes: dict[str, Any]


class CouponLike(Protocol):
    """What is read of a coupon."""

    id: str
    name: str
    rule: str | None
    scope: str | None


def faq_entry(faq: FaqLike) -> Entry:
    """An answered question; a quick phrase without one is found by what it says."""
    questions = tuple(dict.fromkeys(q for q in (faq.question, *faq.similar) if q.strip()))
    return Entry(f"faq:{faq.id}", "faq", faq.answer, questions)


def policy_entries(policy: PolicyLike) -> list[Entry]:
    """One entry for each clause; the title says what the clause is about."""
    return [
        Entry(f"policy:{policy.id}#{number}", "policy", clause, words=policy.title)
        for number, clause in enumerate(policy.clauses, 1)
    ]


def product_entry(product: ProductLike, skus: Iterable[SkuLike]) -> Entry:
    """A product by its title, and letter for letter by what its SKUs say of it."""
    facts = tuple(
        dict.fromkeys(f"{name}：{value}" for sku in skus for name, value in sku.attributes.items())
    )
    words = " ".join((product.category or "", *facts, product.description or ""))
    return Entry(f"product:{product.id}", "product", product.title, words=words, facts=facts)


def coupon_entry(coupon: CouponLike) -> Entry:
    """A coupon by its name and rule."""
    text = f"{coupon.name}：{coupon.rule}" if coupon.rule else coupon.name
    return Entry(f"coupon:{coupon.id}", "coupon", text, words=coupon.scope or "")


def entries(
    faqs: Iterable[FaqLike],
    policies: Iterable[PolicyLike],
    products: Iterable[ProductLike],
    skus: Mapping[str, Sequence[SkuLike]],
    coupons: Iterable[CouponLike],
) -> list[Entry]:
    """Everything that can be found, in a fixed order; `skus` by product."""
    found = [faq_entry(each) for each in sorted(faqs, key=lambda f: f.id)]
    for policy in sorted(policies, key=lambda p: p.id):
        found += policy_entries(policy)
    for product in sorted(products, key=lambda p: p.id):
        found.append(product_entry(product, skus.get(product.id, ())))
    found += [coupon_entry(each) for each in sorted(coupons, key=lambda c: c.id)]
    return found


P = TypeVar("P", bound=PolicyLike)


def in_force(policies: Iterable[P], today: date) -> list[P]:
    """Of each policy the version that applies on `today`: the latest that has begun."""
    newest: dict[str, P] = {}
    for policy in policies:
        known = newest.get(policy.id)
        begun = policy.effective <= today
        if begun and (known is None or policy.effective > known.effective):
            newest[policy.id] = policy
    return list(newest.values())
