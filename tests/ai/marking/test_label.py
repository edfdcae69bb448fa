"""The seven fields."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhanggui.ai.marking.label import LARGEST, Label, Made, Producer, loose
from zhanggui.base.errors import Invalid

CODE = "00" + "11" + "91330106MA2B1C3D4E" + "10001"

labels = st.builds(Label, st.sampled_from(Made), *[st.text(max_size=80)] * 6)
"""Whatever somebody might have written, which is kept as it stands."""


@given(labels)
def test_a_label_is_read_as_it_was_written(label):
    written = label.as_json()
    assert Label.from_json(written) == label
    assert written.isascii()


def test_the_fields_are_those_of_the_standard_in_its_order():
    label = Label.new(Producer(CODE, "檐下碗铺"), produce_id="pic_1")
    assert list(json.loads(label.as_json()).items()) == list(
        {
            "Label": "1",
            "ContentProducer": CODE,
            "ProduceID": "pic_1",
            "ReservedCode1": "",
            "ContentPropagator": CODE,
            "PropagateID": "pic_1",
            "ReservedCode2": "",
        }.items()
    )


def test_a_number_is_made_where_none_is_given():
    one, two = (Label.new(Producer("", "bowls")) for _ in range(2))
    assert one.produce_id.startswith("aigc_")
    assert one.produce_id != two.produce_id
    assert one.made is Made.GENERATED


def test_a_chinese_name_stands_in_single_bytes():
    assert Producer("", " 檐下 ").identity == "%E6%AA%90%E4%B8%8B"
    assert Producer(CODE, "檐下").identity == CODE
    assert Label.new(Producer("", "碗" * 60)).producer == "%E7%A2%97" * 60


@pytest.mark.parametrize(("code", "name"), [("0011", "碗"), (CODE.lower(), "碗"), ("", " ")])
def test_a_producer_is_named_or_has_a_code_of_27_places(code, name):
    with pytest.raises(Invalid):
        Producer(code, name)


@pytest.mark.parametrize("number", ["", "a b", 'a"b', "a\\b", "碗", "a" * 541])
def test_what_the_standard_forbids_is_no_number(number):
    with pytest.raises(Invalid):
        Label.new(Producer("", "bowls"), produce_id=number)


@pytest.mark.parametrize(
    "written",
    [
        '{"AIGC": {"Label": "1", "ContentProducer": "x"}}',
        '{"Label": 1, "ContentProducer": "x", "Other": []}',
    ],
)
def test_other_ways_of_writing_are_read(written):
    assert Label.from_json(written) == Label(Made.GENERATED, "x", "")


def test_a_kind_nobody_knows_is_suspected():
    found = Label.from_json('{"Label": "AIGC", "ProduceID": true}')
    assert found == Label(Made.SUSPECTED, "", "")


@pytest.mark.parametrize(
    "written",
    ["", "{", "[]", "1", '{"AIGC": 1}', "{}", "[" * 9000, b"\xff\xfe", " " * LARGEST + "{}"],
)
def test_what_is_no_label_is_none(written):
    assert Label.from_json(written) is None


def test_a_label_that_is_too_long_is_refused():
    with pytest.raises(Invalid):
        Label(Made.GENERATED, "x", "y", "z" * LARGEST).as_json()


def test_a_label_among_other_things_is_found_with_its_place():
    data = b'ASCII\0\0\0{"AIGC":{"Label":"2","ProduceID":"p"}} and more'
    ((label, start, end),) = loose(data)
    assert label == Label(Made.POSSIBLY, "", "p")
    assert data[start:end].startswith(b'{"AIGC"')
    assert data[end:] == b" and more"
    assert len(list(loose(b'AIGC{"Label":"1"} and AIGC {"Label":"2"}'))) == 2
    assert not list(loose(b'AIGC {"kind": 1}'))
