"""E-mail, one message (.eml) or a mailbox of many (.mbox): press releases and newsletters."""

from __future__ import annotations

import hashlib
import mailbox
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr
from pathlib import Path

from index.errors import FileEmpty, SourceError
from index.sources.fields import article_of, too_long
from index.sources.markup import shown
from index.types import Article

_BYTES_PER_CHARACTER = 20
_STUB = 0.5
"""A plain form with fewer words, for each of those that the richer form shows, only says that there is one."""


def read_eml(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """The article of a message. Raises FileEmpty, ArticleTooLong."""
    if file.stat().st_size > _BYTES_PER_CHARACTER * max_characters + 50_000_000:
        raise too_long(address, f"{file.stat().st_size:,} bytes", max_characters)
    yield address, _article(file.read_bytes(), address, address, max_characters, part=None)


def read_mbox(file: Path, *, address: str, max_characters: int) -> Iterator[tuple[str, Article | SourceError]]:
    """Each message's place (``press.mbox message 7``) and its article, or what is wrong with it."""
    box = mailbox.mbox(file, create=False)
    try:
        keys = box.keys()
        if not keys:
            raise FileEmpty(f"{address} has no message")
        for number, key in enumerate(keys, start=1):
            place = f"{address} message {number}"
            try:
                data = box.get_bytes(key)
                part = (
                    str(message_from_bytes(data).get("Message-ID", "")).strip() or hashlib.sha256(data).hexdigest()[:16]
                )
                yield place, _article(data, address, place, max_characters, part=part)
            except SourceError as error:
                yield place, error
    finally:
        box.close()


def _article(data: bytes, address: str, place: str, max_characters: int, *, part: str | None) -> Article:
    message = message_from_bytes(data, policy=default)
    name, mail = parseaddr(_header(message, "From"))
    told = {
        "title": _header(message, "Subject"),
        "published": _header(message, "Date"),
        "author": name or mail,
        "agency": name or mail.rpartition("@")[2],
    }
    text = _text(message) if isinstance(message, EmailMessage) else ""
    return article_of(text, told, address=address, place=place, max_characters=max_characters, part=part)


def _header(message: Message, name: str) -> str:
    """A header as text; empty for one that the standard does not allow."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, TypeError, AttributeError, IndexError):
        return ""


def _text(part: EmailMessage) -> str:
    """What a part shows: its texts in their order, attachments not; a message within it with its subject."""
    kind = part.get_content_type()
    if part.is_attachment():
        return ""
    if kind in ("text/plain", "text/html"):
        content = _content(part)
        return (shown(content) if kind == "text/html" else content.replace("\r\n", "\n")).strip()
    within = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
    if kind == "multipart/alternative":
        return _best([(one.get_content_type(), _text(one)) for one in within])
    if kind == "message/rfc822":
        return "\n\n".join(filter(None, (text for one in within for text in (_header(one, "Subject"), _text(one)))))
    return "\n\n".join(filter(None, map(_text, within))) if kind.startswith("multipart/") else ""


def _best(forms: list[tuple[str, str]]) -> str:
    """Of several forms of one text the plain one, unless that only says that there is a richer one."""
    plain = next((text for kind, text in forms if kind == "text/plain"), "")
    rich = next((text for kind, text in reversed(forms) if kind != "text/plain" and text), "")
    return plain if _STUB * len(rich.split()) <= len(plain.split()) else rich


def _content(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):
        return (part.get_payload(decode=True) or b"").decode("utf-8", errors="replace")  # type: ignore[union-attr]
