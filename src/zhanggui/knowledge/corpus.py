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
    ``document:ID#N``, ``product:ID``, ``coupon:ID``); what a document says counts as policy.
    `questions` are ways of asking for it, `text` what it states; `words` is further text it may be
    found by, letter for letter."""

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
    valid_from: date | None
    valid_until: date | None


class Version(Protocol):
    """What applies from a day on, until another of the same id does."""

    @property
    def id(self) -> str: ...
    @property
    def effective(self) -> date: ...


class PolicyLike(Version, Protocol):
    """What is read of one version of a policy."""

    title: str
    clauses: list[str]


class DocumentLike(Version, Protocol):
    """What is read of one version of a document."""

    title: str
    clauses: list[dict[str, Any]]


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


def document_entries(document: DocumentLike) -> list[Entry]:
    """One entry for each clause; the title and the headings say what it is about."""
    return [
        Entry(
            f"document:{document.id}#{number}",
            "policy",
            clause["text"],
            words=f"{document.title} {clause['heading']}".strip(),
        )
        for number, clause in enumerate(document.clauses, 1)
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
    documents: Iterable[DocumentLike] = (),
) -> list[Entry]:
    """Everything that can be found, in a fixed order; `skus` by product."""
    found = [faq_entry(each) for each in sorted(faqs, key=lambda f: f.id)]
    for policy in sorted(policies, key=lambda p: p.id):
        found += policy_entries(policy)
    for document in sorted(documents, key=lambda d: d.id):
        found += document_entries(document)
    for product in sorted(products, key=lambda p: p.id):
        found.append(product_entry(product, skus.get(product.id, ())))
    found += [coupon_entry(each) for each in sorted(coupons, key=lambda c: c.id)]
    return found


V = TypeVar("V", bound=Version)
F = TypeVar("F", bound=FaqLike)


def in_force(versions: Iterable[V], today: date) -> list[V]:
    """Of each policy or document the version that applies on `today`: the latest that has begun."""
    newest: dict[str, V] = {}
    for version in versions:
        known = newest.get(version.id)
        begun = version.effective <= today
        if begun and (known is None or version.effective > known.effective):
            newest[version.id] = version
    return list(newest.values())


def is_told(faq: FaqLike, today: date) -> bool:
    """Whether an answer is told on `today`."""
    begun = faq.valid_from is None or faq.valid_from <= today
    return begun and (faq.valid_until is None or today <= faq.valid_until)


def told(faqs: Iterable[F], today: date) -> list[F]:
    """The answers that are told on `today`."""
    return [faq for faq in faqs if is_told(faq, today)]
