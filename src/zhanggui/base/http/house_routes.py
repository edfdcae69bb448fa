"""``/api/house``: what only who runs the installation may do."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse
from limits import parse
from pydantic import Field
from starlette.background import BackgroundTask

from zhanggui.base import backup, clock
from zhanggui.base.auth.sessions import SignedIn
from zhanggui.base.auth.signing import must_know_password
from zhanggui.base.errors import Conflict, Forbidden
from zhanggui.base.http.callers import runtime_of, signed_in
from zhanggui.base.limiting import RateLimits
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
    response_class=FileResponse,
    responses={200: {"content": {_TAR: {}}}},
)
async def take_backup(
    request: Request, given: TakeBackup, found: Annotated[SignedIn, Depends(signed_in)]
) -> FileResponse:
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
    folder = await asyncio.to_thread(_folder, runtime.settings.data)
    path = Path(folder.name) / "backup.tar"
    try:
        manifest = await asyncio.to_thread(backup.make, runtime.settings, path)
    except BaseException:
        folder.cleanup()
        raise
    _log.info("backup_taken", principal=found.user.id, rows=manifest.rows, blobs=manifest.blobs)
    day = clock.local(clock.now()).date()
    return FileResponse(
        path,
        media_type=_TAR,
        filename=f"zhanggui-{day}.tar",
        background=BackgroundTask(folder.cleanup),
    )


def _folder(data: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder that only this program may look into, on the disk that holds the data."""
    return tempfile.TemporaryDirectory(dir=data, prefix=".backup-")
