"""Pictures in a conversation: what a shopper or a person sends to show something.

They are read and written anew, so that what is kept is a picture and nothing else: no place where
it was taken, no second file behind it. They are personal, lie in the shop's blobs under the
conversation, and go when the buyer is erased.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
from dataclasses import dataclass

from PIL import Image
from pydantic import BaseModel

from zhanggui.base.blobs import Blobs
from zhanggui.base.errors import Invalid, TooLarge, not_found
from zhanggui.base.upright import upright
from zhanggui.base.words import Text

LARGEST = 8 * 2**20
"""Bytes of a picture that is sent."""
_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 25_000_000
_SIDE = 2048
"""Pixels of the longer side of what is kept."""
_NAME_LENGTH = 32 + len(".jpg")
_slots = asyncio.Semaphore(2)
"""Pictures that are read at a time: a small file may be a hundred megabytes of picture."""
PICTURE = Text("图片", "picture")


class Attached(BaseModel):
    """A picture of a message, as its row keeps it."""

    name: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew, ready to be kept."""

    attached: Attached
    data: bytes


async def rewritten(data: bytes) -> Picture:
    """A picture that was sent, as it may be kept; raises TooLarge, and Invalid for what is no
    picture."""
    if len(data) > LARGEST:
        raise TooLarge(
            Text("图片太大，最多 8 MB", "The picture is too large: at most 8 MB"),
            hint=Text("请压缩后再发。", "Make it smaller and send it again."),
            where="file",
        )
    async with _slots:
        written, width, height = await asyncio.to_thread(_rewritten, data)
    name = f"{hashlib.sha256(written).hexdigest()[:32]}.jpg"
    return Picture(Attached(name=name, width=width, height=height), written)


async def keep(blobs: Blobs, shop_id: str, conversation_id: str, picture: Picture) -> Attached:
    """Keep a picture. The caller holds the conversation, or looks afterwards whether it is still
    the sender's, so that none is kept after an erasure."""
    key = blobs.key(shop_id, "chat", conversation_id, picture.attached.name)
    await blobs.put(key, picture.data)
    return picture.attached


async def read(blobs: Blobs, shop_id: str, conversation_id: str, name: str) -> bytes:
    """A picture of the conversation as JPEG; raises NotFound."""
    if len(name) != _NAME_LENGTH or not name.removesuffix(".jpg").isalnum():
        raise not_found(PICTURE, name)
    return await blobs.get(blobs.key(shop_id, "chat", conversation_id, name))


async def remove(blobs: Blobs, shop_id: str, conversation_id: str, name: str) -> None:
    """Remove one picture of the conversation."""
    await blobs.delete(blobs.key(shop_id, "chat", conversation_id, name))


async def forget(blobs: Blobs, shop_id: str, conversation_id: str) -> None:
    """Remove every picture of the conversation."""
    for key in await blobs.list(blobs.key(shop_id, "chat", conversation_id) + "/"):
        await blobs.delete(key)


def _rewritten(data: bytes) -> tuple[bytes, int, int]:
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise _no_picture()
            image.draft("RGB", (_SIDE, _SIDE))
            image.thumbnail((_SIDE, _SIDE))
            turned = upright(image)
            plain = Image.new("RGB", turned.size, "white")
            with_alpha = turned.convert("RGBA")
            plain.paste(with_alpha, mask=with_alpha.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise _no_picture() from None
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), plain.width, plain.height


def _no_picture() -> Invalid:
    return Invalid(
        Text("这不是能识别的图片", "This is no picture that can be read"),
        hint=Text("支持 JPG、PNG 和 WebP。", "JPEG, PNG and WebP are taken."),
        where="file",
    )
