"""What comes in as base pictures, and what harm it might do."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest
from pydantic import ValidationError

from tests.studio.conftest import png
from zhanggui.base.errors import Invalid
from zhanggui.studio import base_pictures
from zhanggui.studio.base_pictures import KeptPicture, owner_of, unpacked
from zhanggui.studio.making.sources import by_number


def packed(*names: str, data: bytes = b"x" * 1000, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as written:
        for name in names:
            written.writestr(name, data)
    return out.getvalue()


def torn(how: int) -> bytes:
    """A zip whose only file has other bytes than its packer wrote."""
    data = bytearray(packed("101/a.jpg", how=how))
    at = data.index(b"101/a.jpg") + len("101/a.jpg")
    data[at : at + 8] = b"\xff" * 8
    return bytes(data)


def misnamed() -> bytes:
    """A zip with a name that says it is UTF-8 and is not."""
    return packed("茶.jpg").replace("茶".encode(), b"\xff\xfe\xfd")


def test_a_file_by_itself_and_the_pictures_of_a_zip_come_out() -> None:
    assert [each.path for each in unpacked("a.png", io.BytesIO(png()))] == ["a.png"]
    sent = list(unpacked("a.zip", io.BytesIO(packed("101/1.jpg", "101/read.me", data=png()))))
    assert [(each.path, each.data) for each in sent] == [("101/1.jpg", png())]


@pytest.mark.parametrize(
    "data", [*map(torn, (zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)), misnamed()]
)
def test_a_zip_that_cannot_be_read_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid):
        list(unpacked("a.zip", io.BytesIO(data)))


def test_a_zip_of_endless_names_is_refused_before_they_are_read(monkeypatch) -> None:
    monkeypatch.setattr(base_pictures, "_LARGEST_READ", 70_000)
    assert list(unpacked("a.zip", io.BytesIO(packed(*map("{}.txt".format, range(900)))))) == []
    with pytest.raises(Invalid):
        list(unpacked("a.zip", io.BytesIO(packed(*map("{}.txt".format, range(2_000))))))


def test_no_more_of_a_zip_than_a_picture_is_in_memory() -> None:
    bomb = packed(*map("{}.jpg".format, range(3)), data=bytes(base_pictures.LARGEST * 2))
    tracemalloc.start()
    try:
        for each in unpacked("a.zip", io.BytesIO(bomb)):
            assert base_pictures.LARGEST < len(each.data) < base_pictures.LARGEST + 2**21
            del each
        assert tracemalloc.get_traced_memory()[1] < 4 * base_pictures.LARGEST
    finally:
        tracemalloc.stop()


def test_any_name_is_put_in_order_and_has_an_owner_or_none() -> None:
    names = ["10.jpg", "9.jpg", "1²2.jpg", "²", "1" * 5_000, ""]
    assert sorted(names, key=by_number)[2:] == ["9.jpg", "10.jpg", "1" * 5_000, "²"]
    assert [owner_of(name, {}) for name in (*names, ".", "/", "..")] == [None] * 9


@pytest.mark.parametrize(
    "wrong",
    [{"name": "a.x/b"}, {"name": "a"}, {"name": "a\\b.png"}, {"size": 2**31}, {"width": 2**31}],
)
def test_a_kept_picture_is_told_as_columns_and_folders_take_it(wrong: dict[str, object]) -> None:
    told = {"name": "a.png", "digest": "0" * 64, "size": 9, "width": 8, "height": 6}
    KeptPicture.model_validate(told)
    with pytest.raises(ValidationError):
        KeptPicture.model_validate({**told, **wrong})
