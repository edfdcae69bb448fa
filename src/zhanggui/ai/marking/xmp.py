"""The label in a picture's XMP packet, as TC260-PG-20259A asks: ``TC260:AIGC`` holds the JSON.

A packet of somebody else's keeps everything else that it says, letter for letter; only one that is
no XML is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import ParseError, XMLPullParser
from xml.sax.saxutils import escape

from zhanggui.ai.marking.label import Label

NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
LARGEST = 2**20
"""Bytes of a packet that is looked into."""

_MOST_PREFIXES = 8
"""A packet is gone through for each; the namespace has one in any that is not made to tire us."""
_NAME = f"{{{NAMESPACE}}}AIGC"
_BOUND = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']http://www\.tc260\.org\.cn/ns/AIGC/1\.0/["']""")
_END = re.compile(r"</([\w.-]+:)?RDF\s*>")
_OPENED = (
    '<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""'
    f' xmlns:TC260="{NAMESPACE}">'
)
_CLOSED = "</rdf:Description>"
_FRESH = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    "</rdf:RDF></x:xmpmeta>"
    '<?xpacket end="w"?>'
)


def read(packet: bytes) -> Label | None:
    """The label in a packet, written as an element or as an attribute."""
    text = _text(packet)
    found = None if text is None else _value(text)
    return None if found is None else Label.from_json(found)


def without(packet: bytes) -> bytes:
    """The packet with no label in it, whoever wrote it."""
    text = _text(packet)
    if text is None:
        return _FRESH.encode()
    prefixes = set(_BOUND.findall(text))
    if len(prefixes) > _MOST_PREFIXES:
        return _FRESH.encode()
    for prefix in sorted(prefixes):
        name = re.escape(f"{prefix}:AIGC")
        text = re.sub(rf"<{name}(?:\s[^<>]*)?>[^<]*</{name}\s*>|<{name}(?:\s[^<>]*)?/>", "", text)
        text = re.sub(rf"""\s{name}\s*=\s*(?:"[^"<]*"|'[^'<]*')""", "", text)
    # What is left of one that was written here.
    text = text.replace(_OPENED + _CLOSED, "")
    return (text if _value(text) is None else _FRESH).encode()


def write(packet: bytes | None, label: Label) -> bytes:
    """The packet with this label in it and no other; a new packet where there was none."""
    text = _FRESH if packet is None else without(packet).decode()
    said = f"{_OPENED}<TC260:AIGC>{escape(label.as_json())}</TC260:AIGC>{_CLOSED}"
    *_, end = _END.finditer(text)
    return (text[: end.start()] + said + text[end.start() :]).encode()


def _text(packet: bytes) -> str | None:
    """A packet that can be read and added to. A document type may define entities that fill the
    memory, and no packet has one."""
    if len(packet) > LARGEST:
        return None
    try:
        text = packet.decode()
        if "<!DOCTYPE" in text or not _END.search(text):
            return None
        _value(text)
    except (ValueError, ParseError):
        return None
    return text


def _value(text: str) -> str | None:
    parser: XMLPullParser[Any] = XMLPullParser(["start", "end"])
    # A packet's padding and its closing instruction stand after the element, which XML allows.
    parser.feed(text.lstrip("\ufeff \t\r\n\0").rstrip("\0"))
    parser.close()
    events: Iterator[tuple[str, Any]] = iter(cast("Any", parser.read_events()))
    for event, element in events:
        if event == "start" and _NAME in element.attrib:
            return str(element.attrib[_NAME])
        if event == "end" and element.tag == _NAME:
            return element.text or ""
    return None
