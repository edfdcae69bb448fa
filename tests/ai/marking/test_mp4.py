"""What only MP4 has."""

import struct

import pytest

from tests.ai.marking.samples import XMP, contents, metadata, samples, video
from tests.ai.marking.test_files import LABEL, OTHER
from zhanggui.ai.marking import mp4, xmp
from zhanggui.ai.marking.boxes import box, boxes
from zhanggui.base.errors import Invalid

UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def kinds(data: bytes) -> list[bytes]:
    return [each.kind for each in boxes(data, 0, len(data))]


@pytest.mark.parametrize("name", ["mp4", "mp4-faststart", "mp4-titled", "mp4-keyed"])
def test_ffmpeg_finds_the_label_by_its_name_and_keeps_the_rest(name):
    data = samples()[name]
    written = mp4.write(data, LABEL)
    assert metadata(written) == metadata(data) | {"AIGC": LABEL.as_json()}
    assert metadata(mp4.write(written, OTHER)) == metadata(data) | {"AIGC": OTHER.as_json()}
    assert kinds(written) == kinds(data)


def test_what_ffmpeg_writes_is_read_and_replaced():
    data = video(
        metadata={"AIGC": LABEL.as_json(), "place": "檐下"},
        movflags="faststart+use_metadata_tags",
    )
    assert mp4.read(data) == LABEL
    written = mp4.write(data, OTHER)
    assert mp4.read(written) == OTHER
    assert written.count(b'{"Label"') == 1
    assert metadata(written)["place"] == "檐下"
    assert contents("mp4", written) == contents("mp4", data)


def test_a_label_in_xmp_is_read_and_gives_way_with_nothing_moved():
    packet = xmp.write(XMP, LABEL)
    data = samples()["mp4"] + box(b"uuid", UUID, packet)
    assert mp4.read(data) == LABEL
    written = mp4.write(data, OTHER)
    assert mp4.read(written) == OTHER
    assert b'"pic_1"' not in written
    assert "檐下碗铺".encode() in written
    assert len(written) - len(mp4.write(samples()["mp4"], OTHER)) == len(packet) + 24


def test_wide_places_move_too():
    """As in a file of more than four gigabytes."""
    data = samples()["mp4-silent"]
    (top,) = [each for each in boxes(data, 0, len(data)) if each.kind == b"moov"]
    place = data.find(b"stco")
    count = struct.unpack_from(">I", data, place + 8)[0]
    wide = struct.unpack_from(f">{count}I", data, place + 12)
    grown = box(b"co64", data[place + 4 : place + 12], struct.pack(f">{count}Q", *wide))
    by = len(grown) - (12 + 4 * count + 4 - 0) + 0
    assert by == 4 * count
    changed = bytearray(data[: place - 4] + grown + data[place + 12 + 4 * count :])
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        at = changed.find(kind) - 4
        changed[at : at + 4] = struct.pack(">I", struct.unpack_from(">I", changed, at)[0] + by)
    at = changed.find(b"co64") + 12
    struct.pack_into(f">{count}Q", changed, at, *(each + by for each in wide))
    assert contents("mp4", bytes(changed)) == contents("mp4", data)
    assert contents("mp4", mp4.write(bytes(changed), LABEL)) == contents("mp4", data)
    assert top.end < len(data)


def test_a_last_box_without_a_length_goes_on_to_the_end():
    data = samples()["mp4-faststart"]
    *_, last = boxes(data, 0, len(data))
    assert last.kind == b"mdat"
    endless = data[: last.start] + bytes(4) + data[last.start + 4 :]
    written = mp4.write(endless, LABEL)
    assert mp4.read(written) == LABEL
    assert contents("mp4", written) == contents("mp4", data)


def test_a_users_data_may_end_in_zeros():
    data = samples()["mp4"]
    moov = next(each for each in boxes(data, 0, len(data)) if each.kind == b"moov")
    inside = data[moov.body : moov.end]
    udta = inside.rfind(b"udta") - 4
    zeros = box(b"udta", inside[udta + 8 :], bytes(4))
    written = mp4.write(data[: moov.start] + box(b"moov", inside[:udta], zeros), LABEL)
    assert metadata(written) == metadata(data) | {"AIGC": LABEL.as_json()}


@pytest.mark.parametrize("movflags", ["frag_keyframe+empty_moov", "dash"])
def test_a_file_in_fragments_is_refused_with_what_to_do(movflags):
    with pytest.raises(Invalid) as refused:
        mp4.write(video(movflags=movflags), LABEL)
    assert refused.value.hint is not None
    assert "fragments" in refused.value.hint.en


def test_a_file_without_an_index_is_refused():
    with pytest.raises(Invalid, match="MP4"):
        mp4.read(box(b"ftyp", b"isom") + box(b"mdat", b"x"))
