"""What is packed, read within bounds: members of ZIP files, and XML that cannot fetch, expand or nest without end."""

from __future__ import annotations

import re
import zlib
from zipfile import ZipFile

from lxml import etree

from index.errors import FileUnreadable, LineMalformed

_FORBIDDEN = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")
"""What XML forbids and exports have all the same; in UTF-8 and the like these bytes are no part of a character."""


def member(packed: ZipFile, name: str, most: int, address: str) -> bytes:
    """The bytes of a member of a ZIP file. Raises KeyError, and FileUnreadable for more than ``most`` of them."""
    try:
        with packed.open(name) as stream:
            data = stream.read(most + 1)
    except (RuntimeError, NotImplementedError, zlib.error) as error:
        raise FileUnreadable(f"{address} cannot be unpacked: {error}") from None
    if len(data) > most:
        raise FileUnreadable(f"{address}: {name} within it has more than {most:,} bytes")
    return data


def first_text(tree: etree._Element | None, tag: str) -> str | None:
    """The text of the first element of a kind; None where there is none."""
    found = None if tree is None else next(tree.iter(tag), None)
    return found.text if found is not None else None


def parse_xml(data: bytes, name: str) -> etree._Element:
    """An XML document's root, with the entities that it declares itself; no file and no address is looked up.

    What they expand to is bounded by libxml2: to a megabyte, and above that to five times the document. Raises
    LineMalformed, also for more than that and for an entity that is declared elsewhere.
    """
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = _FORBIDDEN.sub(b"", data)
    parser = etree.XMLParser(
        resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        raise LineMalformed(f"{name} is no well-formed XML: {error.msg}") from None
