"""The label in a packet of XMP."""

import pytest

from tests.ai.marking.samples import XMP
from tests.ai.marking.test_files import LABEL, OTHER
from zhanggui.ai.marking import xmp

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
VALUE = "{&quot;Label&quot;:&quot;2&quot;,&quot;ProduceID&quot;:&quot;p&quot;}"


def packet(inside: str) -> bytes:
    return (
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">'
        f"{inside}</rdf:RDF></x:xmpmeta>"
    ).encode()


ELEMENT = packet(
    f'<rdf:Description rdf:about="" xmlns:TC260="{NAMESPACE}">'
    f"<TC260:AIGC>{VALUE}</TC260:AIGC><TC260:Other>1</TC260:Other></rdf:Description>"
)
ATTRIBUTE = packet(
    f'<rdf:Description rdf:about="" xmlns:C260="{NAMESPACE}" C260:AIGC="{VALUE}" C260:Other="1"/>'
)


def test_the_element_is_the_one_of_the_guide():
    written = xmp.write(None, LABEL).decode()
    assert f'xmlns:TC260="{NAMESPACE}"' in written
    assert '<TC260:AIGC>{"Label":"1","ContentProducer":"bowls"' in written


@pytest.mark.parametrize("given", [ELEMENT, ATTRIBUTE])
def test_labels_of_others_are_read_and_replaced_and_what_stands_beside_them_stays(given):
    found = xmp.read(given)
    assert found is not None
    assert (found.made, found.produce_id) == ("2", "p")
    written = xmp.write(given, LABEL)
    assert xmp.read(written) == LABEL
    assert written.count(b"AIGC>") + written.count(b"AIGC=") == 2
    assert b"260:Other" in written
    assert xmp.read(xmp.without(given)) is None


def test_a_packet_of_somebody_elses_keeps_what_it_says():
    written = xmp.write(XMP, LABEL)
    assert xmp.read(written) == LABEL
    start, end = XMP.split(b"</rdf:RDF>")
    assert written.startswith(start)
    assert written.endswith(b"</rdf:RDF>" + end)
    assert xmp.without(xmp.write(written, OTHER)) == XMP


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\xff\xfe",
        b"<rdf:RDF>",
        b"<a/>",
        packet("<broken>"),
        b'<!DOCTYPE a [<!ENTITY b "c">]>' + packet("&b;"),
        packet("x" * xmp.LARGEST),
    ],
)
def test_a_packet_that_cannot_be_read_is_replaced(given):
    assert xmp.read(given) is None
    assert xmp.write(given, LABEL) == xmp.write(None, LABEL)


def test_a_packet_with_a_thousand_names_for_the_namespace_is_replaced():
    many = "".join(f'<a xmlns:p{n}="{NAMESPACE}" p{n}:AIGC="x"/>' for n in range(1000))
    assert xmp.write(packet(many), LABEL) == xmp.write(None, LABEL)
