"""What becomes of a request of which nobody knows whether it arrived."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from zhanggui.ai.configuration import Configuration
from zhanggui.ai.dashscope.stub import results
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.media.asking import Lost
from zhanggui.ai.media.protocols import DrawRequest, Listed, Seen, Submitted
from zhanggui.ai.models import ModelTask
from zhanggui.ai.protocols import Used
from zhanggui.ai.roster import Roster
from zhanggui.base import clock

CAT = DrawRequest("一只猫")
LOST = ModelFault("down", status=502, may_be_taken=True)
DONE = Seen("done", ("http://x/1.png",), Used(pictures=1), prompt="一只猫")


class Painter:
    """A model whose server is what a test says: `answers` to requests, the tasks it has by id, and
    the faults of its list, of looks at it and of its files."""

    name, has_tasks = "painter", True

    def __init__(self):
        self.answers = []
        self.tasks = {}
        self.unlisted = None
        self.unseen, self.unfetched = [], []
        self.asked = self.looks = self.fetched = 0

    def takes(self, request):
        return True

    def expected(self, request):
        return Used(pictures=1)

    async def open(self):
        pass

    async def submit(self, request):
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else Submitted("ours")
        if isinstance(answer, ModelFault):
            raise answer
        return answer

    async def look(self, their_id):
        self.looks += 1
        if self.unseen:
            raise self.unseen.pop(0)
        return self.tasks.get(their_id, Seen("gone"))

    async def cancel(self, their_id):
        return True

    async def listed(self, since, until):
        if self.unlisted is not None:
            raise self.unlisted
        return [Listed(each, clock.now()) for each in self.tasks]

    async def download(self, address):
        self.fetched += 1
        if self.unfetched:
            raise self.unfetched.pop(0)
        return results.picture(1)

    async def close(self):
        pass


@pytest.fixture
def painter():
    return Painter()


@pytest.fixture
async def media(painter, ledger, opened):
    roster = Roster(Configuration(), ledger, {})
    roster.bring("draw", painter)
    return opened(roster, sleep=lambda seconds: asyncio.sleep(0.01))


async def test_one_that_has_our_prompt_is_ours(media, painter, purpose, calls):
    painter.answers = [LOST]
    painter.tasks = {"others": Seen("done", ("http://x/2.png",), prompt="一条狗"), "mine": DONE}
    made = await media.draw(CAT, purpose, "r")
    assert (await media.task(purpose.shop_id, made.task_id)).their_id == "mine"
    assert painter.asked == 1
    assert [outcome for _, outcome, _ in await calls()] == ["answered"]


async def test_another_s_is_left_alone_and_it_is_asked_for_again(media, painter, purpose, calls):
    painter.answers = [LOST]
    painter.tasks = {"others": Seen("done", ("http://x/2.png",), prompt="一条狗")}

    async def submit(request, real=painter.submit):
        submitted = await real(request)
        painter.tasks["ours"] = DONE
        return submitted

    painter.submit = submit
    made = await media.draw(CAT, purpose, "r")
    assert (await media.task(purpose.shop_id, made.task_id)).their_id == "ours"
    assert [outcome for _, outcome, _ in await calls()] == ["down", "answered"]


UNTOLD = Seen("done", ("http://x/1.png",), Used(pictures=1))
FAILED = Seen("failed", fault=ModelFault("down"), prompt="一只猫")


@pytest.mark.parametrize(
    "tasks",
    [
        {"one": UNTOLD},
        {"one": DONE, "two": UNTOLD},
        {"one": DONE, "two": DONE},
        {"one": DONE, "two": FAILED},
    ],
)
async def test_where_it_may_be_anothers_nobody_knows(media, painter, purpose, calls, tasks):
    painter.answers = [LOST]
    painter.tasks = tasks
    with pytest.raises(Lost):
        await media.draw(CAT, purpose, "r")
    assert [outcome for _, outcome, _ in await calls()] == ["lost"]
    assert painter.asked == 1


async def test_a_prompt_that_is_only_the_beginning_of_ours_is_anothers(media, painter, purpose):
    painter.answers = [LOST]
    painter.tasks = {"others": replace(DONE, prompt="一只")}
    task_id = await media.begin(CAT, purpose, "r")
    async with asyncio.timeout(30):
        while painter.asked < 2:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    painter.tasks["ours"] = DONE
    await media.wait(purpose.shop_id, task_id)
    assert (await media.task(purpose.shop_id, task_id)).their_id == "ours"


async def test_a_long_prompt_may_be_told_cut_short(media, painter, purpose):
    painter.answers = [LOST]
    painter.tasks = {"ours": replace(DONE, prompt="猫" * 500)}
    await media.draw(DrawRequest("猫" * 700), purpose, "r")
    assert painter.asked == 1


async def test_with_pictures_a_prompt_does_not_tell_whose_it_is(media, painter, purpose, calls):
    painter.answers = [LOST]
    painter.tasks = {"others": DONE}
    with pytest.raises(Lost):
        await media.draw(replace(CAT, references=[results.picture(2)]), purpose, "r")
    assert [outcome for _, outcome, _ in await calls()] == ["lost"]


async def test_what_a_list_would_tell_is_not_guessed(media, painter, purpose):
    painter.answers = [LOST]
    painter.unlisted = ModelFault("key", status=403)
    with pytest.raises(Lost):
        await media.draw(CAT, purpose, "r")
    assert painter.asked == 1


@pytest.mark.db
async def test_of_two_lost_requests_with_one_prompt_nobody_has_the_others(
    media, painter, purpose, other_shop_id
):
    player = media._roster._brought["draw"]
    model = player.model.model_copy(update={"timeout_s": 0.5})
    media._roster._brought["draw"] = replace(player, model=model)
    painter.answers = [LOST, LOST]
    painter.tasks = {"one": DONE}
    asked = [
        (replace(CAT, size=(64, 32)), purpose),
        (replace(CAT, size=(32, 64)), replace(purpose, shop_id=other_shop_id)),
    ]
    made = await asyncio.gather(
        *(media.draw(request, whose, "r") for request, whose in asked), return_exceptions=True
    )
    assert [type(each) for each in made] == [Lost, Lost]
    assert painter.asked == 2


async def test_another_that_is_being_asked_finds_its_own_first(media, painter, purpose):
    answered = asyncio.Event()

    async def submit(request):
        painter.asked += 1
        if request.seed is None:
            raise LOST
        await answered.wait()
        return Submitted("others")

    painter.submit = submit
    other = await media.begin(replace(CAT, seed=3), purpose, "other")
    async with asyncio.timeout(30):
        while not painter.asked:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    painter.tasks = {"others": DONE}
    mine = await media.begin(CAT, purpose, "mine")
    await asyncio.sleep(0.4)  # Longer than a task takes to be in the list.
    assert (await media.task(purpose.shop_id, mine)).their_id is None
    answered.set()
    await media.wait(purpose.shop_id, other)
    assert (await media.task(purpose.shop_id, other)).their_id == "others"
    await media.close()


async def test_who_tries_a_setup_out_elsewhere_is_not_disturbed(
    media, painter, purpose, calls, clock
):
    media._roster._players["painter"] = media._roster._brought["draw"]
    painter.tasks = {"ours": Seen("waiting")}
    task_id = await media.begin(CAT, purpose, "r", only="painter")
    async with asyncio.timeout(30):
        while not painter.looks:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    await media.close()
    await asyncio.sleep(0)
    media.follow(Roster(Configuration(), media._ledger, {}))
    await media.resume()
    await asyncio.sleep(0.2)
    assert (await media.task(purpose.shop_id, task_id)).state == "running"
    async with media._db.transaction(purpose.shop_id) as session:
        await session.execute(
            update(ModelTask)
            .where(ModelTask.shop_id == purpose.shop_id)
            .values(expected_micro=5000)
        )
    clock.stand_at(clock.now + timedelta(hours=1))
    with pytest.raises(Lost):
        await media.wait(purpose.shop_id, task_id)
    assert await calls() == [("painter", "lost", 5000)]


async def test_one_that_is_still_being_made_is_waited_for(media, painter, purpose):
    painter.answers = [LOST]
    painter.tasks = {"mine": Seen("waiting")}
    task_id = await media.begin(CAT, purpose, "r")
    await asyncio.sleep(0.3)  # Longer than a task takes to be in the list.
    assert painter.asked == 1
    painter.tasks = {"mine": DONE}
    await media.wait(purpose.shop_id, task_id)
    assert painter.asked == 1


async def test_a_task_that_the_server_forgot_is_lost(media, painter, purpose):
    with pytest.raises(Lost):
        await media.draw(CAT, purpose, "r")
    assert painter.asked == 1


async def test_a_model_that_is_not_configured_any_more(media, painter, purpose):
    painter.tasks = {"ours": Seen("waiting")}
    task_id = await media.begin(CAT, purpose, "r")
    async with asyncio.timeout(30):
        while not painter.looks:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    await media.close()
    await asyncio.sleep(0)
    media._roster._brought.clear()
    await media.resume()
    with pytest.raises(Lost):
        await media.wait(purpose.shop_id, task_id)


@pytest.fixture
async def left(media, painter, purpose, clock):
    """A task that a process has left while it was made, and its deadline is over."""
    painter.tasks = {"ours": Seen("waiting")}
    task_id = await media.begin(CAT, purpose, "r")
    async with asyncio.timeout(30):
        while not painter.looks:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    await media.close()
    await asyncio.sleep(0)
    clock.stand_at(clock.now + timedelta(hours=2))
    return task_id


async def test_a_fault_at_first_sight_after_the_deadline_drops_nothing(
    media, painter, purpose, left, calls
):
    painter.tasks = {"ours": DONE}
    painter.unseen = [ModelFault("down"), ModelFault("slow"), ModelFault("down")]
    await media.resume()
    assert (await media.wait(purpose.shop_id, left)).by == "painter"
    assert [outcome for _, outcome, _ in await calls()] == ["answered"]


async def test_what_cannot_be_looked_at_for_long_after_the_deadline_is_lost(
    media, painter, purpose, left, calls, clock
):
    painter.unseen = [ModelFault("down")] * 10**6
    looks = painter.looks
    await media.resume()
    async with asyncio.timeout(30):
        while painter.looks < looks + 2:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    clock.stand_at(clock.now + timedelta(hours=2))
    with pytest.raises(Lost):
        await media.wait(purpose.shop_id, left)
    assert [outcome for _, outcome, _ in await calls()] == ["lost"]
    assert painter.asked == 1


async def test_a_task_is_looked_at_with_the_models_of_the_day(media, painter, purpose, ledger):
    painter.tasks = {"ours": Seen("waiting")}
    task_id = await media.begin(CAT, purpose, "r")
    async with asyncio.timeout(30):
        while not painter.looks:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    other = Painter()
    other.tasks = {"ours": DONE}
    roster = Roster(Configuration(), ledger, {})
    roster.bring("draw", other)
    media.follow(roster)
    await media.wait(purpose.shop_id, task_id)
    assert other.fetched == 1
    assert not painter.fetched


async def test_a_task_may_be_known_a_moment_later(media, painter, purpose):
    task_id = await media.begin(CAT, purpose, "r")
    async with asyncio.timeout(30):
        while painter.looks < 3:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    painter.tasks = {"ours": DONE}
    await media.wait(purpose.shop_id, task_id)
    assert painter.asked == 1


async def test_files_are_waited_for_while_their_server_is_away(media, painter, purpose, calls):
    painter.tasks = {"ours": DONE}
    painter.unfetched = [ModelFault("down"), ModelFault("slow"), ModelFault("busy")] * 10
    await media.draw(CAT, purpose, "r")
    assert painter.fetched == 31
    assert [outcome for _, outcome, _ in await calls()] == ["answered"]


async def test_files_are_waited_for_no_longer_than_they_are_kept(media, painter, purpose, clock):
    painter.tasks = {"ours": DONE}
    painter.unfetched = [ModelFault("down")] * 10**6
    task_id = await media.begin(CAT, purpose, "r")
    async with asyncio.timeout(30):
        while painter.fetched < 9:  # noqa: ASYNC110 # Nobody tells the test.
            await asyncio.sleep(0.01)
    clock.stand_at(clock.now + timedelta(days=1))
    with pytest.raises(Lost):
        await media.wait(purpose.shop_id, task_id)
    assert painter.asked == 1
