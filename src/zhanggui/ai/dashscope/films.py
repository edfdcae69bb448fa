"""Films: wan from words, or out of a picture that is the first.

The forms are: ``prompt``, in which the picture is `img_url`; ``media``, in which it is one of a
list of what the film is made of.
"""

from __future__ import annotations

from typing import Any

from zhanggui.ai.dashscope.tasks import Tasks
from zhanggui.ai.faults import ModelFault
from zhanggui.ai.language.openai_compatible import data_url
from zhanggui.ai.media.protocols import FilmRequest, MakeRequest, Resolution, Submitted
from zhanggui.ai.protocols import Used

_PATH = "/services/aigc/video-generation/video-synthesis"
_SIZES: dict[Resolution, str] = {"480P": "832*480", "720P": "1280*720", "1080P": "1920*1080"}
"""How a film from words is told its size; one out of a picture has the picture's shape."""


class Films(Tasks):
    """A model that makes films; a :class:`~zhanggui.ai.media.protocols.Making`."""

    def takes(self, request: MakeRequest) -> bool:
        """A model that sees is asked only with a picture, one that does not only without."""
        return isinstance(request, FilmRequest) and (request.first is not None) == self._model.sees

    def expected(self, request: MakeRequest) -> Used:
        """As many seconds as are asked for."""
        return Used(seconds=float(request.seconds) if isinstance(request, FilmRequest) else 0.0)

    async def submit(self, request: MakeRequest) -> Submitted:
        """Have it made; raises ModelFault."""
        if not isinstance(request, FilmRequest):
            raise ModelFault("refused")
        given: dict[str, Any] = {"prompt": request.prompt}
        if request.unwanted:
            given["negative_prompt"] = request.unwanted
        parameters: dict[str, Any] = {"duration": request.seconds}
        if request.seed is not None:
            parameters["seed"] = request.seed
        if request.first is None:
            parameters["size"] = _SIZES[request.resolution]
        else:
            parameters["resolution"] = request.resolution
            address = data_url(request.first)
            if self._model.form == "media":
                given["media"] = [{"type": "first_frame", "url": address}]
            else:
                given["img_url"] = address
        return await self._submitted(_PATH, given, parameters)
