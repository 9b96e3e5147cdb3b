"""HTML without clutter, in JSON, feeds and mail, to plain text: quotes are of what is read here."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,24}\d{0,2});")
BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p"
    " pre section table tbody td th thead tr ul".split()
)
INLINE = frozenset(
    "a abbr b big cite code del em font i img ins mark q s small span strong strike sub sup time tt u wbr".split()
)
UNSEEN = frozenset("script style noscript template iframe svg".split())
_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS | INLINE | UNSEEN))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_UNREAD = re.compile(rf"<!--|<(?P<name>{'|'.join(sorted(UNSEEN | {'title'}))})\b[^<>]*>", re.IGNORECASE)
_COMMENT_END = re.compile("-->")
CELLS = frozenset(("td", "th"))


def without_markup(text: str) -> str:
    """A text without HTML: its entities as characters, its blocks as lines, the cells of a table parted by "|".

    What has neither tags of HTML nor entities is left as it is, so "a < b" and "R&D" stay.

    >>> without_markup("<p>Caf&eacute; Zo&euml; <b>reopened</b>.</p><p>Nobody was hurt.</p>")
    'Café Zoë reopened.\\nNobody was hurt.'
    """
    if not _ENTITY.search(text) and not _TAG.search(text):
        return text
    return _read(_without_unread(text) if _TAG.search(text) else text.replace("<", "&lt;"), html=False)


def shown(html: str) -> str:
    """What a piece of HTML shows, laid out in the same way: any tag is one, a line end is a space.

    >>> shown("<title>Esk</title><table>\\n<tr><td>Halden</td>\\n<td>212</td></tr></table><picture>A\\nferry</picture>")
    'Halden | 212\\nA ferry'
    """
    return _read(_without_unread(html), html=True)


def _read(text: str, *, html: bool) -> str:
    parser = _Plain(html=html)
    parser.feed(text)
    parser.close()
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in "".join(parser.pieces).split("\n")]
    if html:
        return "\n".join(line for line in lines if line.strip("-| "))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _without_unread(text: str) -> str:
    """A text without comments and scripts; one that does not end is left, and none after it is looked for."""
    pieces: list[str] = []
    at = 0
    for match in _UNREAD.finditer(text):
        if match.start() < at:
            continue
        name = match["name"]
        end = _end_of(name.lower()).search(text, match.end()) if name else _COMMENT_END.search(text, match.end())
        if end is None:
            tail = text[at:].replace("<!--", "&lt;!--")  # the parser would look for the end of each
            return "".join(pieces) + tail
        pieces.append(text[at : match.start()])
        at = end.end()
    return "".join(pieces) + text[at:]


@cache
def _end_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s*>", re.IGNORECASE)


class _Plain(HTMLParser):
    """Gathers what can be read; unless all is ``html``, a tag that HTML does not have is text."""

    def __init__(self, *, html: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CELLS:
            if self.pieces and not "".join(self.pieces[-2:]).rstrip(" ").endswith("\n"):
                self.pieces.append(" | ")
        elif tag in BLOCKS:
            self._break()
            if self.html and tag == "li":
                self.pieces.append("- ")
        elif tag not in INLINE | UNSEEN:
            self._unknown(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS and tag not in CELLS:
            self._break()
        elif tag not in BLOCKS | INLINE | UNSEEN:
            self._unknown(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.replace("\n", " ") if self.html else data)

    def _unknown(self, tag: str) -> None:
        """A tag that is not of those above: what HTML has besides are blocks."""
        if self.html:
            self._break()
        else:
            self.pieces.append(tag)

    def _break(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.pieces.append("\n")
