"""An upload of base pictures: each file kept, found its product, and added as anybody would."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import IO

from pydantic import BaseModel

from zhanggui.base import tools
from zhanggui.base.errors import Invalid, TooLarge, ZhangguiError
from zhanggui.base.principals import Principal
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text
from zhanggui.studio import base_pictures, store
from zhanggui.studio.base_pictures import KeptPicture, Sent
from zhanggui.studio.making.sources import by_number

ADD = "studio.add_pictures"
_NOBODYS = Text(
    "没有商品的编号或商家编码是这个文件夹或文件名的开头",
    "no product's id or merchant code is the folder or the beginning of the name",
)


class RefusedFile(BaseModel):
    """A file that was not taken, and why."""

    name: str
    reason: str


class Uploaded(BaseModel):
    """How many pictures were taken, for which products, and the files that were not."""

    pictures: int
    products: list[str]
    refused: list[RefusedFile]


@dataclass(frozen=True, slots=True)
class _Taken:
    path: str
    picture: KeptPicture


class Upload:
    """One upload: :meth:`take` each file, then :meth:`end`. With a product all pictures are its."""

    def __init__(
        self,
        runtime: Runtime,
        shop_id: str,
        principal: Principal,
        product_id: str | None,
        sku_id: str | None,
    ) -> None:
        self._runtime, self._shop_id, self._principal = runtime, shop_id, principal
        self._all = (product_id, sku_id) if product_id else None
        self._ids: dict[str, tuple[str, str | None]] | None = None
        self._taken: dict[tuple[str, str | None], list[_Taken]] = {}
        self._refused: list[RefusedFile] = []

    async def take(self, name: str, file: IO[bytes]) -> None:
        """Keep a picture, or the pictures of a zip; what cannot be used is told at the end."""
        pictures = base_pictures.unpacked(name, file)
        while True:
            try:
                sent = await asyncio.to_thread(next, pictures, None)
            except (Invalid, TooLarge) as error:
                self._refuse(name, error.what)
                return
            if sent is None:
                return
            await self._take(sent)

    async def _take(self, sent: Sent) -> None:
        owner = self._all or base_pictures.owner_of(sent.path, await self._known())
        if owner is None:
            self._refuse(sent.path, _NOBODYS)
            return
        try:
            kept = await base_pictures.keep(self._runtime.blobs, self._shop_id, sent)
        except (Invalid, TooLarge) as error:
            self._refuse(sent.path, error.what)
            return
        self._taken.setdefault(owner, []).append(_Taken(sent.path, kept))

    async def _known(self) -> dict[str, tuple[str, str | None]]:
        """Whose every id and merchant code is."""
        if self._ids is None:
            async with self._runtime.db.reading(self._shop_id) as session:
                self._ids = await store.goods_by_code(session, self._shop_id)
        return self._ids

    def _refuse(self, name: str, why: Text) -> None:
        self._refused.append(RefusedFile(name=name, reason=str(why)))

    async def end(self) -> Uploaded:
        """Add what was taken to its products. Raises Invalid where nothing could be taken, with the
        first reason, and as the tool does where all is one product's."""
        if not self._taken and self._refused:
            first = self._refused[0]
            raise Invalid(Text(first.reason, first.reason), where=first.name)
        pictures, products = 0, []
        for (product_id, sku_id), taken in self._taken.items():
            taken.sort(key=lambda each: (by_number(each.path), each.path))
            given = {
                "product_id": product_id,
                "sku_id": sku_id,
                "pictures": [each.picture.model_dump() for each in taken],
            }
            try:
                await tools.call(
                    self._runtime, ADD, given, shop_id=self._shop_id, principal=self._principal
                )
            except ZhangguiError as error:
                if self._all is not None:
                    raise
                self._refuse(taken[0].path, error.what)
                continue
            pictures += len(taken)
            products.append(product_id)
        return Uploaded(
            pictures=pictures, products=list(dict.fromkeys(products)), refused=self._refused
        )
