"""What DashScope works on for a while: a task is made, looked at until it ends, listed, cancelled.

https://help.aliyun.com/zh/model-studio/manage-asynchronous-tasks: a task and what it made are kept
for 24 hours; only a task that still waits can be cancelled; the list has the tasks of the whole
account, of no more than 24 hours at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from zhanggui.ai.configuration import Model, Provider
from zhanggui.ai.dashscope.calling import Server, used_of
from zhanggui.ai.dashscope.faults import kind_of, plain
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.media.protocols import Listed, Seen, Submitted
from zhanggui.ai.protocols import Used
from zhanggui.base import clock

_WAITING = ("PENDING", "RUNNING", "SUSPENDED")
_PAGE = 50
_PAGES = 20


class Tasks:
    """The tasks of a model."""

    has_tasks = True

    def __init__(self, name: str, model: Model, provider: Provider) -> None:
        self.name = name
        self._model = model
        self._server = Server(model, provider)

    async def open(self) -> None:
        """Have at hand what it takes to speak to the server."""
        await self._server.open()

    async def look(self, their_id: str) -> Seen:
        """How a task stands; raises ModelFault."""
        return seen(await self._server.get(f"/tasks/{their_id}"))

    async def cancel(self, their_id: str) -> bool:
        """Give a task up; False where the server goes on with it, which it does once it has
        begun. Raises ModelFault where it does not answer."""
        try:
            await self._server.post(f"/tasks/{their_id}/cancel", {})
        except ModelFault as fault:
            if fault.kind in ("busy", "down", "slow", "key"):
                raise
            return False
        return True

    async def listed(self, since: datetime, until: datetime) -> list[Listed]:
        """The model's tasks that were made between two moments, by whichever key of the account;
        raises ModelFault."""
        span = {
            "start_time": _written(since),
            "end_time": _written(until),
            "model_name": self._model.model,
        }
        found: list[Listed] = []
        for page in range(1, _PAGES + 1):
            answer = await self._server.get("/tasks", page_no=page, page_size=_PAGE, **span)
            found += _listed(answer)
            total = answer.get("total_page")
            if not isinstance(total, int) or page >= total:
                break
        return [each for each in found if since <= each.made_at <= until]

    async def download(self, address: str) -> bytes:
        """A file that was made; raises ModelFault."""
        return await self._server.download(address)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._server.close()

    async def _submitted(
        self, path: str, given: dict[str, Any], parameters: dict[str, Any]
    ) -> Submitted:
        body = {
            "model": self._model.model,
            "input": given,
            "parameters": {**parameters, **self._model.extra},
        }
        answer = await self._server.post(path, body, task=True)
        their_id = _output(answer).get("task_id")
        if not isinstance(their_id, str) or not their_id:
            raise ModelFault("broken", may_be_taken=True)
        return Submitted(their_id)


def seen(answer: dict[str, Any]) -> Seen:
    """What an answer says of a task, or of what was made at once."""
    output = _output(answer)
    state = output.get("task_status")
    if state in _WAITING:
        return Seen("waiting")
    if state == "UNKNOWN":
        return Seen("gone")
    if state in ("FAILED", "CANCELED"):
        code = plain(output.get("code")) or plain(answer.get("code"))
        kind = kind_of(code, 200) if state == "FAILED" else "refused"
        return Seen("failed", fault=ModelFault(kind, code=code or str(state)))
    found = tuple(_addresses(output))
    if not found:
        codes = [plain(each.get("code")) for each in _dicts(output.get("results"))]
        code = next((each for each in codes if each), None)
        fault = ModelFault(kind_of(code, 200) if code else "broken", code=code)
        return Seen("failed", fault=fault)
    used = used_of(answer)
    if "video_url" not in output and not used.pictures:
        used = Used(used.read, used.written, pictures=len(found))
    return Seen("done", found, used, prompt=_prompt(output))


def _addresses(output: dict[str, Any]) -> Iterator[str]:
    """Where what was made lies, in each of the forms of an answer."""
    film = output.get("video_url")
    if isinstance(film, str):
        yield film
    for each in _dicts(output.get("results")):
        if isinstance(each.get("url"), str):
            yield each["url"]
    for choice in _dicts(output.get("choices")):
        message = choice.get("message")
        for part in _dicts(message.get("content") if isinstance(message, dict) else None):
            if isinstance(part.get("image"), str):
                yield part["image"]


def _prompt(output: dict[str, Any]) -> str | None:
    told = [output.get("orig_prompt")]
    told += [each.get("orig_prompt") for each in _dicts(output.get("results"))]
    return next((each for each in told if isinstance(each, str) and each), None)


def _listed(answer: dict[str, Any]) -> Iterator[Listed]:
    for each in _dicts(answer.get("data") or answer.get("tasks")):
        their_id, made = each.get("task_id"), each.get("gmt_create")
        if isinstance(their_id, str) and isinstance(made, int):
            yield Listed(their_id, datetime.fromtimestamp(made / 1000, UTC))


def _written(moment: datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y%m%d%H%M%S")


def _output(answer: dict[str, Any]) -> dict[str, Any]:
    found = answer.get("output")
    return found if isinstance(found, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
