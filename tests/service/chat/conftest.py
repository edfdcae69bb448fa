"""The shoppers' side of a server in this process."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from tests.applications import application_of
from tests.loading import load
from tests.service import stand, weights
from tests.service.records import NOW
from zhanggui.service.chat.answerer import Answerer
from zhanggui.service.chat.doors import key_of
from zhanggui.shop.files import FaqRecord, OrderRecord, PolicyRecord

FAQS = [
    FaqRecord(1, "能开票吗", "可以开电子发票。", "F1", ("发票怎么开", "有票吗", "要发票怎么弄")),
    FaqRecord(2, "能进洗碗机吗", "可以进洗碗机。", "F2", ("洗碗机洗会坏吗", "可以机洗吗")),
]
ORDERS = [each for each in stand.RECORDS if isinstance(each, OrderRecord | PolicyRecord)]

NewPage = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def answerer(runtime, shop, indexes, clock, monkeypatch):
    """The loop that answers, in a shop with two answers and some orders, run by hand."""
    weights.use(
        monkeypatch,
        ("kind_order", 0.5, 0.0, 4.0),
        ("kind_change", 0.5, 0.0, 5.0),
        ("kind_faq", 0.5, 0.0, 3.0),
    )
    clock.stand_at(NOW)
    await load(runtime, shop, [*ORDERS, *FAQS])
    return Answerer(runtime)


@pytest.fixture
async def new_page(runtime, shop) -> AsyncIterator[NewPage]:
    """Makes pages that carry the chat: clients whose addresses begin at the shop's door."""
    app = application_of(runtime)
    key = key_of(runtime.cipher, shop, 0)
    pages: list[httpx.AsyncClient] = []

    def make(*, at: str = key, **headers: str) -> httpx.AsyncClient:
        page = httpx.AsyncClient(
            transport=httpx.ASGITransport(app, raise_app_exceptions=False),
            base_url=f"http://shop.test/api/chat/{at}",
            headers={"X-Zhanggui": "1", "Accept-Language": "en", **headers},
        )
        pages.append(page)
        return page

    yield make
    for page in pages:
        await page.aclose()


@pytest.fixture
def page(new_page: NewPage) -> httpx.AsyncClient:
    return new_page()
