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
    text = _text(message, place) if isinstance(message, EmailMessage) else ""
    return article_of(text, told, address=address, place=place, max_characters=max_characters, part=part)


def _header(message: Message, name: str) -> str:
    """A header as text; empty for one that the standard does not allow."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, TypeError, AttributeError, IndexError):
        return ""


def _text(message: EmailMessage, place: str) -> str:
    """Its plain text, else what its HTML shows."""
    for kind in ("plain", "html"):
        body = message.get_body(preferencelist=(kind,))
        if body is None:
            continue
        try:
            content = body.get_content()
        except (LookupError, ValueError):
            content = (body.get_payload(decode=True) or b"").decode("utf-8", errors="replace")  # type: ignore[union-attr]
        text = content if kind == "plain" else shown(content)
        if text.strip():
            return str(text).replace("\r\n", "\n").strip()
    return ""
