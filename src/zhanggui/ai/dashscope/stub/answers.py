"""The bodies of the stub's answers, as the public documents show them."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhanggui.ai.dashscope.stub.tasks import State, Task
from zhanggui.base import clock

FAILED = {
    "failed": (500, "InternalError.Algo", "The algorithm process encountered errors."),
    "rejected": (400, "DataInspectionFailed", "Input data may contain inappropriate content."),
}
_DIMENSION = 64


def prompt_of(body: dict[str, Any]) -> str:
    """The prompt in either form of a request."""
    given = body["input"]
    if "messages" in given:
        parts = given["messages"][0]["content"]
        return "".join(part.get("text", "") for part in parts)
    return str(given.get("prompt", ""))


def size_of(parameters: dict[str, Any]) -> tuple[int, int]:
    """The size that is asked for, and no larger than a stub makes."""
    width, _, height = str(parameters.get("size", "256*256")).partition("*")
    return min(int(width), 512), min(int(height or 256), 512)


def standing(task: Task, status: str) -> dict[str, Any]:
    """A task that has not succeeded."""
    output: dict[str, Any] = {"task_id": task.id, "task_status": status, **_times(task, status)}
    if status == "FAILED":
        _, output["code"], output["message"] = FAILED[task.fault or "failed"]
    return {"request_id": str(uuid.uuid4()), "output": output}


def unknown(task_id: str) -> dict[str, Any]:
    """A task that is not there, or not any more."""
    output = {"task_id": task_id, "task_status": "UNKNOWN"}
    return {"request_id": str(uuid.uuid4()), "output": output}


def succeeded(task: Task, addresses: list[str], *, at_once: bool = False) -> dict[str, Any]:
    """A task that is done, or what was made at once."""
    head = {"task_id": task.id, "task_status": "SUCCEEDED", **_times(task, "SUCCEEDED")}
    output: dict[str, Any] = {} if at_once else head
    usage: dict[str, Any]
    if task.kind == "film":
        output |= {"orig_prompt": task.prompt, "video_url": addresses[0]}
        usage = {"video_count": 1, "duration": task.seconds, "video_duration": task.seconds,
                 "output_video_duration": task.seconds, "SR": 720}  # fmt: skip
    elif task.in_messages:
        output["choices"] = [
            {
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": [{"image": each}]},
            }
            for each in addresses
        ]
        usage = {"image_count": task.count, "width": task.size[0], "height": task.size[1]}
    else:
        output["results"] = [{"orig_prompt": task.prompt, "url": each} for each in addresses]
        output["task_metrics"] = {"TOTAL": task.count, "SUCCEEDED": task.count, "FAILED": 0}
        usage = {"image_count": task.count}
    return {"request_id": str(uuid.uuid4()), "output": output, "usage": usage}


def listed(state: State, asked: Mapping[str, str]) -> dict[str, Any]:
    """A page of the tasks that fit."""
    since, until = asked.get("start_time"), asked.get("end_time")
    found = [
        each
        for each in sorted(state.tasks.values(), key=lambda task: task.made_at, reverse=True)
        if asked.get("model_name") in (None, each.model)
        and asked.get("status") in (None, state.status(each))
        and (since is None or each.made_at >= _moment(since))
        and (until is None or each.made_at <= _moment(until))
    ]
    page, size = int(asked.get("page_no", 1)), int(asked.get("page_size", 10))
    return {
        "request_id": str(uuid.uuid4()),
        "data": [_entry(state, each) for each in found[(page - 1) * size : page * size]],
        "total": len(found),
        "total_page": -(-len(found) // size),
        "page_no": page,
        "page_size": size,
    }


def spoken(body: dict[str, Any], address: str) -> dict[str, Any]:
    """A voice, at an address."""
    audio = {"data": "", "url": address, "id": f"audio_{uuid.uuid4()}", "expires_at": 2**31}
    return {
        "request_id": str(uuid.uuid4()),
        "output": {"finish_reason": "stop", "audio": audio},
        "usage": {"characters": len(body["input"]["text"])},
    }


def embedded(body: dict[str, Any]) -> dict[str, Any]:
    """Vectors: each character adds to the places its hash says."""
    texts = body["input"]["texts"]
    size = int((body.get("parameters") or {}).get("dimension", _DIMENSION))
    made = [{"text_index": i, "embedding": _vector(text, size)} for i, text in enumerate(texts)]
    return {
        "request_id": str(uuid.uuid4()),
        "output": {"embeddings": made},
        "usage": {"total_tokens": sum(map(len, texts))},
    }


def reranked(body: dict[str, Any]) -> dict[str, Any]:
    """Passages, the best first, in either form."""
    given = body.get("input") or body
    query, passages = given["query"], given["documents"]
    shared = [len(set(query) & set(each)) / (len(set(each)) or 1) for each in passages]
    order = sorted(range(len(passages)), key=lambda i: -shared[i])
    most = (body.get("parameters") or body).get("top_n", len(passages))
    results = [{"index": i, "relevance_score": shared[i]} for i in order[:most]]
    usage = {"total_tokens": len(query) * len(passages) + sum(map(len, passages))}
    if "input" not in body:
        return {"object": "list", "model": body["model"], "results": results, "usage": usage}
    return {"request_id": str(uuid.uuid4()), "output": {"results": results}, "usage": usage}


def _vector(text: str, size: int) -> list[float]:
    row = [0.001] * size
    for character in text:
        row[hashlib.sha256(character.encode()).digest()[0] % size] += 1.0
    return row


def _entry(state: State, task: Task) -> dict[str, Any]:
    made = int(task.made_at.timestamp() * 1000)
    return {
        "api_key_id": "1", "caller_parent_id": "1", "caller_uid": "1", "gmt_create": made,
        "start_time": made, "model_name": task.model, "region": "cn-beijing",
        "request_id": str(uuid.uuid4()), "status": state.status(task), "task_id": task.id,
        "user_api_unique_key": task.unique_key,
    }  # fmt: skip


def _times(task: Task, status: str) -> dict[str, str]:
    made = _written(task.made_at)
    if status == "PENDING":
        return {"submit_time": made}
    times = {"submit_time": made, "scheduled_time": made}
    return times if status == "RUNNING" else {**times, "end_time": _written(clock.now())}


def _written(moment: datetime) -> str:
    return moment.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def _moment(written: str) -> datetime:
    return datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=clock.SHANGHAI)
