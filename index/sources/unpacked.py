"""What is packed, read within bounds: members of ZIP files, and XML that cannot fetch, expand or nest without end."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from index.errors import FileUnreadable, LineMalformed


def member(packed: ZipFile, name: str, most: int, address: str) -> bytes:
    """The bytes of a member of a ZIP file. Raises KeyError, and FileUnreadable for more than ``most`` of them."""
    with packed.open(name) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise FileUnreadable(f"{address}: {name} within it has more than {most:,} bytes")
    return data


def parse_xml(data: bytes, name: str) -> etree._Element:
    """An XML document's root; no entity of its own, no file and no address is looked up. Raises LineMalformed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        raise LineMalformed(f"{name} is no well-formed XML: {error.msg}") from None
