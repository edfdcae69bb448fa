"""``/api/house``: what only who runs the installation may do."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import IO, Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import StreamingResponse
from limits import parse
from pydantic import Field

from zhanggui.base import backup, clock
from zhanggui.base.auth.sessions import SignedIn
from zhanggui.base.auth.signing import must_know_password
from zhanggui.base.errors import Conflict, Forbidden
from zhanggui.base.http.callers import runtime_of, signed_in
from zhanggui.base.http.sending import attached
from zhanggui.base.limiting import RateLimits
from zhanggui.base.settings import Settings
from zhanggui.base.tools import Input
from zhanggui.base.words import Text

router = APIRouter(prefix="/api/house", tags=["house"])
RATE = parse("4 per hour")
_TAR = "application/x-tar"
_log = structlog.get_logger(__name__)


class TakeBackup(Input):
    """The operator's own password, since a backup holds every shop."""

    password: Annotated[str, Field(min_length=1, max_length=1000)]


@router.post(
    "/backup",
    summary="A backup of every shop, without the key that personal data is sealed with",
    response_class=StreamingResponse,
    responses={200: {"content": {_TAR: {}}}},
)
async def take_backup(
    request: Request, given: TakeBackup, found: Annotated[SignedIn, Depends(signed_in)]
) -> StreamingResponse:
    """The file that ``zhanggui restore`` takes. Raises Forbidden for anybody but the operator,
    Unauthenticated for a wrong password, and Invalid where the settings allow no backup."""
    runtime = runtime_of(request)
    if not found.user.operator:
        raise Forbidden(
            Text(
                "只有部署这套系统的人可以整套备份", "Only who runs this installation may back it up"
            ),
            hint=Text("可以导出自己的店。", "You may export your own shop."),
        )
    if found.user.password_hash is None:
        raise Conflict(
            Text("请先设置邮箱和密码", "Choose an e-mail and a password first"),
            hint=Text("备份里有所有店的数据。", "A backup holds the data of every shop."),
        )
    runtime.service(RateLimits).hit(RATE, "backup", found.user.id)
    await must_know_password(runtime.service(RateLimits), found.user, given.password)
    file, manifest = await asyncio.to_thread(_made, runtime.settings)
    _log.info("backup_taken", principal=found.user.id, rows=manifest.rows, blobs=manifest.blobs)
    day = clock.local(clock.now()).date()
    return attached(file, f"zhanggui-{day}.tar", _TAR, {})


def _made(settings: Settings) -> tuple[IO[bytes], backup.Manifest]:
    """A backup that has no name any more, on the disk that holds the data."""
    with tempfile.TemporaryDirectory(dir=settings.data, prefix=".backup-") as folder:
        path = Path(folder) / "backup.tar"
        manifest = backup.make(settings, path)
        return path.open("rb"), manifest
