"""The stub's paths: DashScope's own, its compatible mode, the files it made, and what is asked of a
stub alone (``/faults``, ``/bill``, ``/asked``)."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from zhanggui.ai.dashscope.stub import answers, chatting, results
from zhanggui.ai.dashscope.stub.tasks import FAULTS, TASK_FAULTS, State, Task
from zhanggui.base import clock

KEY = "sk-stub"
"""What a key begins with."""
_NATIVE = "/api/v1"
_SERVICES = f"{_NATIVE}/services"
_DROP = 2048
_DROP_S = 0.2
_Handler = Callable[[Request], Awaitable[Response]]


def application(state: State) -> Starlette:
    """The stub, as an ASGI application."""
    doors = Doors(state)
    made = [
        ("aigc/text2image/image-synthesis", doors.picture_task),
        ("aigc/image2image/image-synthesis", doors.picture_task),
        ("aigc/image-generation/generation", doors.picture_task),
        ("aigc/video-generation/video-synthesis", doors.film_task),
        ("aigc/multimodal-generation/generation", doors.at_once),
        ("embeddings/text-embedding/text-embedding", doors.embed),
        ("rerank/text-rerank/text-rerank", doors.rerank),
    ]
    return Starlette(
        routes=[
            *(Route(f"{_SERVICES}/{path}", doors.asked(each), methods=["POST"])
              for path, each in made),
            Route("/compatible-api/v1/reranks", doors.asked(doors.rerank), methods=["POST"]),
            Route("/compatible-mode/v1/models", doors.keyed(doors.models)),
            Route("/compatible-mode/v1/chat/completions", doors.asked(doors.chat),
                  methods=["POST"]),
            Route(f"{_NATIVE}/tasks", doors.keyed(doors.tasks)),
            Route(f"{_NATIVE}/tasks/", doors.keyed(doors.tasks)),
            Route(f"{_NATIVE}/tasks/{{task_id}}", doors.keyed(doors.task)),
            Route(f"{_NATIVE}/tasks/{{task_id}}/cancel", doors.keyed(doors.cancel),
                  methods=["POST"]),
            Route("/results/{task_id}/{name}", doors.result),
            Route("/faults", doors.faults, methods=["GET", "POST", "DELETE"]),
            Route("/bill", doors.bill),
            Route("/asked", doors.what_was_asked),
        ],
        exception_handlers={HTTPException: _refused},
    )  # fmt: skip


class Doors:
    """What is behind each path."""

    def __init__(self, state: State) -> None:
        self._state = state

    def keyed(self, handler: _Handler) -> _Handler:
        """The handler for who has a key."""

        async def handle(request: Request) -> Response:
            if not request.headers.get("authorization", "").startswith(f"Bearer {KEY}"):
                raise _Error(401, "InvalidApiKey", "Invalid API-key provided.")
            return await handler(request)

        return handle

    def asked(self, handler: _Handler) -> _Handler:
        """The handler of a service, which may be throttled, fail or hang."""

        async def handle(request: Request) -> Response:
            state = self._state
            try:
                body = await request.json()
            except ValueError:
                raise _Error(400, "InvalidParameter", "Request body is no JSON.") from None
            if not isinstance(body, dict) or not isinstance(body.get("model"), str):
                raise _Error(400, "InvalidParameter", "Required parameter: model.")
            state.asked.append((request.url.path, body))
            fault = state.strikes("throttled", "error", "hangs")
            if fault == "throttled":
                told = "Requests rate limit exceeded, please try again later."
                raise _Error(429, "Throttling.RateQuota", told, {"Retry-After": "1"})
            if fault == "error":
                raise _Error(500, "InternalError", "An internal error has occured.")
            answer = await handler(request)
            if fault == "hangs":
                await asyncio.sleep(3600)
            return answer

        return self.keyed(handle)

    async def picture_task(self, request: Request) -> Response:
        """A task that makes pictures."""
        body = await request.json()
        in_messages = "image-generation" in request.url.path
        prompt = answers.prompt_of(body)
        if "image2image" in request.url.path and not body["input"].get("images"):
            raise _Error(400, "InvalidParameter", "input.images is required.")
        return self._made(request, self._picture(request, body, prompt, in_messages))

    async def film_task(self, request: Request) -> Response:
        """A task that makes a film."""
        body = await request.json()
        parameters = body.get("parameters") or {}
        task = Task(
            _unique_key(request, body["model"]), body["model"], answers.prompt_of(body), "film", 1,
            float(parameters.get("duration", 5)), (64, 64), clock.now(), in_messages=False,
            fault=self._state.strikes("failed", "rejected", "endless"),
        )  # fmt: skip
        return self._made(request, task)

    async def at_once(self, request: Request) -> Response:
        """Pictures in messages, or a voice, in the answer itself."""
        body = await request.json()
        state = self._state
        if (fault := state.strikes("failed", "rejected")) is not None:
            raise _Error(*answers.FAILED[fault])
        if "text" in body["input"]:
            state.calls[body["model"]] += 1
            return JSONResponse(answers.spoken(body, self._address(request, "voice", "v.wav")))
        task = self._picture(request, body, answers.prompt_of(body), in_messages=True)
        task.made_at = task.made_at.replace(year=2000)  # It is made by now.
        task.fault = None
        state.tasks[task.id] = task
        return JSONResponse(answers.succeeded(task, self._addresses(request, task), at_once=True))

    async def embed(self, request: Request) -> Response:
        """Vectors, which tell texts apart."""
        body = await request.json()
        texts = body["input"]["texts"]
        if not 0 < len(texts) <= 10:
            raise _Error(400, "InvalidParameter", "batch size is invalid, not larger than 10")
        self._state.calls[body["model"]] += 1
        return JSONResponse(answers.embedded(body))

    async def rerank(self, request: Request) -> Response:
        """Scores by the characters that a question and a passage share."""
        body = await request.json()
        self._state.calls[body["model"]] += 1
        return JSONResponse(answers.reranked(body))

    async def chat(self, request: Request) -> Response:
        """A canned reply, also in parts."""
        body = await request.json()
        self._state.calls[body["model"]] += 1
        if not body.get("stream"):
            return JSONResponse(chatting.reply(body))
        wait_s = _DROP_S if self._state.strikes("slow") else 0.0
        return StreamingResponse(chatting.parts(body, wait_s), media_type="text/event-stream")

    async def models(self, request: Request) -> Response:
        """Whatever was asked for is there; and one that always is."""
        names = sorted({"stub-chat", *(body["model"] for _, body in self._state.asked)})
        made = [{"id": name, "object": "model", "owned_by": "stub"} for name in names]
        return JSONResponse({"object": "list", "data": made})

    async def tasks(self, request: Request) -> Response:
        """The tasks of the account, the newest first, a page at a time."""
        return JSONResponse(answers.listed(self._state, request.query_params))

    async def task(self, request: Request) -> Response:
        """How a task stands."""
        task = self._state.tasks.get(request.path_params["task_id"])
        if task is None:
            return JSONResponse(answers.unknown(request.path_params["task_id"]))
        status = self._state.status(task)
        if status == "SUCCEEDED":
            return JSONResponse(answers.succeeded(task, self._addresses(request, task)))
        return JSONResponse(answers.standing(task, status))

    async def cancel(self, request: Request) -> Response:
        """Only what waits can be cancelled."""
        task = self._state.tasks.get(request.path_params["task_id"])
        if task is None or self._state.status(task) != "PENDING":
            told = "Failed to cancel the task, please confirm if the task is in PENDING status."
            raise _Error(400, "UnsupportedOperation", told)
        task.is_cancelled = True
        return JSONResponse({"request_id": str(uuid.uuid4())})

    async def result(self, request: Request) -> Response:
        """A file that was made."""
        state = self._state
        if "authorization" in request.headers:
            state.leaked_keys += 1
            return Response(status_code=400)
        fault = state.strikes("expired", "truncated", "slow")
        if fault == "expired":
            return Response(_EXPIRED, 403, media_type="application/xml")
        data = self._file(request.path_params["task_id"], request.path_params["name"])
        if fault == "truncated":
            return Response(data[: len(data) // 2], media_type="application/octet-stream")
        if fault == "slow":
            return StreamingResponse(_drops(data), headers={"Content-Length": str(len(data))})
        return Response(data, media_type="application/octet-stream")

    async def faults(self, request: Request) -> Response:
        """See the faults that wait, add one (`name`, `times`), or forget them all."""
        if request.method == "DELETE":
            self._state.faults.clear()
        elif request.method == "POST":
            body = await request.json()
            if body.get("name") not in FAULTS:
                raise _Error(400, "InvalidParameter", f"name is one of {', '.join(FAULTS)}")
            self._state.faults[body["name"]] += int(body.get("times", 1))
        return JSONResponse({name: n for name, n in self._state.faults.items() if n})

    async def bill(self, request: Request) -> Response:
        """What would have been paid."""
        return JSONResponse(self._state.bill())

    async def what_was_asked(self, request: Request) -> Response:
        """The paths and bodies that came."""
        return JSONResponse(self._state.asked)

    def _picture(
        self, request: Request, body: dict[str, Any], prompt: str, in_messages: bool
    ) -> Task:
        parameters = body.get("parameters") or {}
        return Task(
            _unique_key(request, body["model"]), body["model"], prompt, "picture",
            int(parameters.get("n", 1)), 0.0, answers.size_of(parameters), clock.now(),
            in_messages=in_messages, fault=self._state.strikes(*sorted(TASK_FAULTS)),
        )  # fmt: skip

    def _made(self, request: Request, task: Task) -> Response:
        if request.headers.get("x-dashscope-async") != "enable":
            told = "current user api does not support synchronous calls."
            raise _Error(403, "AccessDenied", told)
        self._state.tasks[task.id] = task
        return JSONResponse(answers.standing(task, "PENDING"))

    def _addresses(self, request: Request, task: Task) -> list[str]:
        ending = "png" if task.kind == "picture" else "mp4"
        return [self._address(request, task.id, f"{i}.{ending}") for i in range(task.count)]

    def _address(self, request: Request, of: str, name: str) -> str:
        base = str(request.base_url).rstrip("/")
        return f"{base}/results/{of}/{name}?Expires=1&Signature={uuid.uuid4().hex}"

    def _file(self, task_id: str, name: str) -> bytes:
        if task_id == "voice":
            return results.sound("亲，您好")
        task = self._state.tasks.get(task_id)
        if task is None:
            raise HTTPException(404)
        number = int(name.partition(".")[0]) + task.made_at.microsecond
        if task.kind == "film":
            return results.film(number, task.seconds)
        return results.picture(number, *task.size)


class _Error(HTTPException):
    """An error as DashScope tells one."""

    def __init__(
        self, status: int, code: str, message: str, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, message, headers)
        self.code = code


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code = getattr(error, "code", "InvalidParameter")
    told = {"code": code, "message": error.detail, "request_id": str(uuid.uuid4())}
    return JSONResponse(told, error.status_code, error.headers)


def _unique_key(request: Request, model: str) -> str:
    service = request.url.path.removeprefix(f"{_SERVICES}/").replace("/", ":")
    return f"apikey:v1:{service}:{model}"


async def _drops(data: bytes) -> AsyncIterator[bytes]:
    for place in range(0, len(data), _DROP):
        yield data[place : place + _DROP]
        await asyncio.sleep(_DROP_S)


_EXPIRED = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>"
