"""What is asked of a model that draws, and what is done without one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from zhanggui.ai import DrawRequest, Purpose
from zhanggui.base.errors import Unavailable
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.studio.batches import generating
from zhanggui.studio.making.drawn import Answered, Asked


@dataclass
class Made:
    keys: tuple[str, ...]
    by: str = "qwen-image-edit"
    cost_micro: int = 250_000


@dataclass
class Media:
    """A model that draws, or refuses the second picture."""

    able: bool = True
    refuses: str | None = None
    asked: list[str] = field(default_factory=list)

    def can(self, role: str) -> bool:
        return self.able and role == "draw"

    async def draw(self, request: DrawRequest, purpose: Purpose, request_id: str) -> Made:
        assert request.references == (b"picture",)
        assert (purpose.shop_id, purpose.room) == ("s1", "studio")
        self.asked.append(request_id)
        if request_id == self.refuses:
            raise Unavailable(Text("没有了", "gone"))
        return Made((f"s1/{request_id}",))


class Blobs:
    async def get(self, key: str) -> bytes:
        return key.encode()


@dataclass
class Stub:
    blobs: Blobs = field(default_factory=Blobs)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "asked").mkdir()
    for number in ("01", "02"):
        (tmp_path / f"asked/{number}.png").write_bytes(b"picture")
        told = Asked(picture=f"asked/{number}.png", stage="wood-oak", place="橡木桌面")
        (tmp_path / f"asked/{number}.json").write_text(told.model_dump_json())
    return tmp_path


def runtime(media: Media, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    monkeypatch.setattr(generating, "media_of", lambda _: media)
    return cast(Runtime, Stub())


async def test_each_picture_is_asked_for_once_and_kept_with_its_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = Media()
    house = runtime(media, monkeypatch)
    assert await generating.draw(house, "s1", "item", folder) == 500_000
    assert media.asked == ["item:01", "item:02"]
    assert (folder / "drawn/02.png").read_bytes() == b"s1/item:02"
    told = Answered.model_validate_json((folder / "drawn/01.json").read_bytes())
    assert told.model == "qwen-image-edit"
    assert await generating.draw(house, "s1", "item", folder) == 0
    assert len(media.asked) == 2


async def test_one_that_is_refused_is_left_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = runtime(Media(refuses="item:01"), monkeypatch)
    assert await generating.draw(house, "s1", "item", folder) == 250_000
    assert not (folder / "drawn/01.png").exists()


async def test_without_a_model_nothing_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = Media(able=False)
    assert await generating.draw(runtime(media, monkeypatch), "s1", "item", folder) == 0
    assert not media.asked
