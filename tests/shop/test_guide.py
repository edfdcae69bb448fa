"""The shop's step of the guide: whether anything has come in."""

import pytest

from tests.guiding import done
from zhanggui.base import clock
from zhanggui.shop.importing.models import ImportFileRow, ImportRow
from zhanggui.shop.opening import open_shop

pytestmark = pytest.mark.db


@pytest.fixture
def imported(runtime, shop):
    """Writes down an import of one file, as it stands."""

    async def imported(state, accepted):
        async with runtime.db.transaction(shop.id) as session:
            session.add(
                ImportRow(
                    shop_id=shop.id, id="imp_1", state=state, created_at=clock.now(), digest=""
                )
            )
            session.add(
                ImportFileRow(
                    shop_id=shop.id, import_id="imp_1", number=0, path="a.csv", kind="orders",
                    bytes_total=1, accepted=accepted,
                )
            )  # fmt: skip

    return imported


async def test_a_file_that_came_in_counts(imported, runtime, shop, other_shop_id):
    assert "bring" not in await done(runtime, shop.id)
    await imported("done", 3)
    assert "bring" in await done(runtime, shop.id)
    await open_shop(runtime, other_shop_id, "隔壁")
    assert "bring" not in await done(runtime, other_shop_id)


@pytest.mark.parametrize(
    ("state", "accepted"), [("done", 0), ("running", 3), ("failed", 3), ("undone", 3)]
)
async def test_one_that_has_not_does_not(imported, runtime, shop, state, accepted):
    await imported(state, accepted)
    assert "bring" not in await done(runtime, shop.id)
