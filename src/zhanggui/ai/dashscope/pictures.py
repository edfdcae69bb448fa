"""Pictures: wan and qwen-image from words, wan and qwen-image-edit out of other pictures.

The forms are: ``prompt``, a task of text2image or, with pictures, of image2image; ``messages``, the
multimodal service, which answers at once; ``messages_task``, a task in the same words.
"""

from __future__ import annotations

from typing import Any

from zhanggui.ai.dashscope.tasks import Tasks, seen
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.language.openai_compatible import data_url
from zhanggui.ai.media.protocols import DrawRequest, MakeRequest, Submitted
from zhanggui.ai.protocols import Used

_FROM_WORDS = "/services/aigc/text2image/image-synthesis"
_FROM_PICTURES = "/services/aigc/image2image/image-synthesis"
_MESSAGES = "/services/aigc/multimodal-generation/generation"
_MESSAGES_TASK = "/services/aigc/image-generation/generation"


class Pictures(Tasks):
    """A model that makes pictures; a :class:`~zhanggui.ai.media.protocols.Making`."""

    @property
    def has_tasks(self) -> bool:  # type: ignore[override]
        """Whether it makes a task of what it is asked."""
        return self._model.form != "messages"

    def takes(self, request: MakeRequest) -> bool:
        """A model that sees is asked only with pictures, one that does not only without."""
        return isinstance(request, DrawRequest) and bool(request.references) == self._model.sees

    def expected(self, request: MakeRequest) -> Used:
        """As many pictures as are asked for."""
        return Used(pictures=request.count if isinstance(request, DrawRequest) else 0)

    async def submit(self, request: MakeRequest) -> Submitted:
        """Have them made; raises ModelFault."""
        if not isinstance(request, DrawRequest):
            raise ModelFault("refused")
        parameters: dict[str, Any] = {"n": request.count}
        if request.size is not None:
            parameters["size"] = "{}*{}".format(*request.size)
        if request.seed is not None:
            parameters["seed"] = request.seed
        if self._model.form == "prompt":
            given: dict[str, Any] = {"prompt": request.prompt}
            if request.unwanted:
                given["negative_prompt"] = request.unwanted
            if request.references:
                given["images"] = [data_url(each) for each in request.references]
            path = _FROM_PICTURES if request.references else _FROM_WORDS
            return await self._submitted(path, given, parameters)
        if request.unwanted:
            parameters["negative_prompt"] = request.unwanted
        content = [{"image": data_url(each)} for each in request.references]
        given = {"messages": [{"role": "user", "content": [*content, {"text": request.prompt}]}]}
        if self._model.form == "messages_task":
            return await self._submitted(_MESSAGES_TASK, given, parameters)
        body = {
            "model": self._model.model,
            "input": given,
            "parameters": {**parameters, **self._model.extra},
        }
        found = seen(await self._server.post(_MESSAGES, body))
        if found.fault is not None:
            raise found.fault
        return Submitted(seen=found)
