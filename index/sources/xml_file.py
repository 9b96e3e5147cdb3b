"""XML files, by their outermost element: feeds, WordPress exports, NewsML-G2 and NITF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from index.errors import LineMalformed, NothingToRead, SourceError
from index.sources.feed import entry_of, read_feed
from index.sources.fields import article_of, too_long
from index.sources.markup import BLOCKS, UNSEEN, shown
from index.sources.unpacked import parse_xml
from index.types import Article

_NAR = "{http://iptc.org/std/nar/2006-10-01/}"
_WORDPRESS = "http://wordpress.org/export/"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_MOST_BYTES = 500_000_000
_BESIDE = tuple(f"{{*}}{name}" for name in ("head", "body.head", "body.end", "media", "figure"))
"""What stands beside the text of NITF and XHTML: data, signatures, pictures with what is under them."""

_AS_HTML = {"hl2": "h2", "block": "div", "bq": "blockquote"}
"""What NITF calls otherwise."""

Found = Iterator[tuple[str, Article | SourceError]]


def read_xml(file: Path, *, address: str, max_characters: int) -> Found:
    """Each article of an XML file. Raises LineMalformed, NothingToRead for another kind of XML, ArticleTooLong."""
    if file.stat().st_size > _MOST_BYTES:
        raise too_long(address, f"{file.stat().st_size:,} bytes", max_characters)
    data = file.read_bytes()
    root = _root(data, address)
    match etree.QName(root).localname.lower():
        case "rss" if _WORDPRESS in str(root.nsmap.values()):
            yield from _wordpress(parse_xml(data, address), address, max_characters)
        case "rss" | "feed" | "rdf":
            yield from read_feed(data, address=address, max_characters=max_characters)
        case "newsitem" | "newsmessage" | "packageitem":
            yield from _newsml(parse_xml(data, address), address, max_characters)
        case "nitf":
            yield from _nitf(parse_xml(data, address), address, max_characters)
        case "urlset" | "sitemapindex":
            raise NothingToRead(f"{address} is a sitemap: it lists addresses and holds no article")
        case other:
            raise NothingToRead(
                f"{address} is XML of another kind (<{other}>); feeds, WordPress exports, NewsML-G2, NITF can be read"
            )


def _root(data: bytes, address: str) -> etree._Element:
    """The outermost element, without what is in it."""
    parser = etree.XMLPullParser(
        events=("start",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    for at in range(0, len(data), 4096):
        parser.feed(data[at : at + 4096])
        for _, element in parser.read_events():
            return element
    raise LineMalformed(f"{address} is no XML")


def _wordpress(root: etree._Element, address: str, max_characters: int) -> Found:
    """The published posts and pages of an export (WXR)."""
    site = root.findtext("channel/title") or ""
    number = 0
    for item in root.iter("item"):
        fields = {
            etree.QName(one).localname: one.text or ""
            for one in item.iterchildren("*")
            if "export" in (etree.QName(one).namespace or "")
        }
        if fields.get("status") != "publish" or fields.get("post_type") not in ("post", "page", None):
            continue
        number += 1
        body = item.findtext(_CONTENT) or ""
        if "<p" not in body.lower():  # the editor writes an empty line for a paragraph
            body = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
        date = fields.get("post_date_gmt", "")
        told = {
            "title": item.findtext("title") or "",
            "published": f"{date.replace(' ', 'T')}+00:00"
            if date and not date.startswith("0000")
            else item.findtext("pubDate") or "",
            "author": item.findtext(_CREATOR) or "",
            "agency": site,
            "url": item.findtext("link") or "",
        }
        part = fields.get("post_id") or str(number)
        yield from entry_of(body, told, part, f"{address} post {number}", address, max_characters)


def _newsml(root: etree._Element, address: str, max_characters: int) -> Found:
    """The text items of NewsML-G2; their content is NITF, XHTML or text. (https://iptc.org/standards/newsml-g2/)"""
    items = [root] if root.tag == f"{_NAR}newsItem" else list(root.iter(f"{_NAR}newsItem"))
    for number, item in enumerate(items, start=1):
        place = address if len(items) == 1 else f"{address} item {number}"

        def say(path: str, item: etree._Element = item) -> str:
            found = item.find("/".join(f"{_NAR}{name}" for name in path.split("/")))
            return " ".join("".join(found.itertext()).split()) if found is not None else ""

        content = item.find(f"{_NAR}contentSet/{_NAR}inlineXML")
        data = item.find(f"{_NAR}contentSet/{_NAR}inlineData")
        if content is None and (data is None or not data.get("contenttype", "text/plain").startswith("text/")):
            continue
        told = {
            "title": say("contentMeta/headline"),
            "published": say("itemMeta/firstCreated")
            or say("contentMeta/contentCreated")
            or say("itemMeta/versionCreated"),
            "updated": say("itemMeta/versionCreated"),
            "author": say("contentMeta/creator/name") or say("contentMeta/by"),
            "agency": say("itemMeta/provider/name") or say("rightsInfo/copyrightHolder/name"),
            "place": say("contentMeta/located/name"),
        }
        nitf = next((one for one in item.iter() if _name(one) == "nitf"), None)
        try:
            if nitf is not None:
                text, inner = _nitf_parts(nitf)
                told = inner | {name: value for name, value in told.items() if value}
            elif content is not None:
                text = _shown(content)
            else:
                text = _plain(data, place)
            yield (
                place,
                article_of(
                    text,
                    told,
                    address=address,
                    place=place,
                    max_characters=max_characters,
                    part=(item.get("guid") or str(number)) if len(items) > 1 else None,
                ),
            )
        except SourceError as error:
            yield place, error


def _plain(data: etree._Element, place: str) -> str:
    """Content that is text and no XML. Raises LineMalformed where it is encoded."""
    if data.get("encoding"):
        raise LineMalformed(f"{place} has its text encoded ({data.get('encoding')}); only plain text can be read")
    text = "".join(data.itertext())
    return shown(text) if "html" in data.get("contenttype", "") else text.strip()


def _nitf(root: etree._Element, address: str, max_characters: int) -> Found:
    """The one article of a NITF file. (https://iptc.org/standards/nitf/)"""
    text, told = _nitf_parts(root)
    yield address, article_of(text, told, address=address, place=address, max_characters=max_characters)


def _nitf_parts(root: etree._Element) -> tuple[str, dict[str, str]]:
    def first(*names: str) -> str:
        found = next((one for name in names for one in root.iter() if _name(one) == name), None)
        return " ".join("".join(found.itertext()).split()) if found is not None else ""

    def attribute(element: str, name: str) -> str:
        return next((one.get(name) or "" for one in root.iter() if _name(one) == element), "")

    bodies = (one for name in ("body.content", "body") for one in root.iter() if _name(one) == name)
    body = next(bodies, root)
    told = {
        "title": first("hl1", "headline", "title"),
        "published": attribute("date.issue", "norm") or attribute("story.date", "norm"),
        "author": first("byline"),
        "agency": attribute("doc.copyright", "holder") or first("distributor"),
        "place": first("location"),
    }
    told["published"] = _basic(told["published"])
    return _shown(body), told


def _basic(date: str) -> str:
    """``20250304T091200+0100`` with its marks."""
    if len(date) >= 15 and date[8] == "T" and date[:8].isdigit():
        return f"{date[:4]}-{date[4:6]}-{date[6:8]}T{date[9:11]}:{date[11:13]}:{date[13:15]}{date[15:]}"
    return date


def _shown(body: etree._Element) -> str:
    """What XHTML or NITF shows: what is none of HTML's elements stands within a line. The tree is changed for it."""
    etree.strip_elements(body, *_BESIDE, with_tail=False)
    for one in body.iter("*"):
        name, around = _name(one), one.getparent()
        if name == "p" and around is not None and around.tag in ("li", "td", "th"):  # its line has begun already
            name, one.tail = "span", f" {one.tail or ''}"
        one.tag = _AS_HTML.get(name, name if name in BLOCKS | UNSEEN else "span")
    return shown(etree.tostring(body, encoding="unicode", with_tail=False))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
