"""What an answer says of a task, in each of the forms that the documents show."""

from __future__ import annotations

from datetime import timedelta

import pytest

from zhanggui.ai.dashscope.tasks import seen
from zhanggui.ai.media.protocols import DrawRequest, FilmRequest
from zhanggui.ai.protocols import Used
from zhanggui.base import clock


def test_pictures_of_a_task():
    results = [{"orig_prompt": "猫", "url": "https://a/1.png"}, {"code": "InternalError.Algo"}]
    output = {"task_status": "SUCCEEDED", "results": results}
    found = seen({"output": output, "usage": {"image_count": 1}})
    assert (found.state, found.found, found.prompt) == ("done", ("https://a/1.png",), "猫")
    assert found.used == Used(pictures=1)


def test_pictures_in_messages_are_counted_where_nobody_says_how_many():
    content = [{"image": "https://a/1.png"}, {"text": "好"}, {"image": "https://a/2.png"}]
    choice = {"finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    found = seen({"output": {"choices": [choice]}, "usage": {"width": 64}})
    assert found.found == ("https://a/1.png", "https://a/2.png")
    assert (found.used, found.prompt) == (Used(pictures=2), None)


def test_a_film():
    output = {"task_status": "SUCCEEDED", "video_url": "https://a/v.mp4", "orig_prompt": "转"}
    found = seen({"output": output, "usage": {"duration": 5, "SR": 720}})
    assert (found.found, found.used, found.prompt) == (
        ("https://a/v.mp4",), Used(seconds=5.0), "转",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("output", "state", "kind"),
    [
        ({"task_status": "PENDING"}, "waiting", None),
        ({"task_status": "RUNNING"}, "waiting", None),
        ({"task_status": "UNKNOWN"}, "gone", None),
        ({"task_status": "FAILED", "code": "DataInspectionFailed"}, "failed", "refused"),
        ({"task_status": "FAILED", "code": "InternalError.Timeout"}, "failed", "slow"),
        ({"task_status": "FAILED"}, "failed", "down"),
        ({"task_status": "CANCELED"}, "failed", "refused"),
        ({"task_status": "SUCCEEDED", "results": [{"code": "InternalError"}]}, "failed", "down"),
        ({"task_status": "SUCCEEDED"}, "failed", "broken"),
        ("nothing", "failed", "broken"),
    ],
)
def test_how_else_a_task_stands(output, state, kind):
    found = seen({"output": output})
    assert (found.state, found.fault and found.fault.kind) == (state, kind)


async def test_the_list_has_the_models_tasks_of_a_time(engine_of):
    pictures, films = engine_of("image"), engine_of("video")
    made = [(await pictures.submit(DrawRequest(f"{i}"))).their_id for i in range(3)]
    film = await films.submit(FilmRequest("转"))
    now = clock.now()
    listed = await pictures.listed(now - timedelta(seconds=60), now + timedelta(seconds=60))
    assert sorted(each.their_id for each in listed) == sorted(made)
    listed = await films.listed(now - timedelta(seconds=60), now + timedelta(seconds=60))
    assert [each.their_id for each in listed] == [film.their_id]
    assert not await films.listed(now - timedelta(seconds=120), now - timedelta(seconds=60))


async def test_only_what_waits_can_be_cancelled(engine_of, state):
    pictures = engine_of("image")
    state.queue_s = 3600
    task = await pictures.submit(DrawRequest("猫"))
    assert await pictures.cancel(task.their_id)
    assert (await pictures.look(task.their_id)).state == "failed"
    state.queue_s = 0
    task = await pictures.submit(DrawRequest("猫"))
    assert not await pictures.cancel(task.their_id)
    assert (await pictures.look(task.their_id)).state == "done"
