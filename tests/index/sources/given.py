# ruff: noqa: E501  (what stands in files)
"""Articles, and how the tests of sources read a file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from index.errors import SourceError
from index.sources import Root, read_file
from index.types import Article, Note

FERRY = (
    "The ferry Halden ran aground off Esk on Monday night with 212 people on board, the coastguard said.",
    "All passengers were taken off by lifeboat before dawn. Nobody was hurt, said the harbour master, Ilse Torvald.",
    "The company has stopped sailings until the hull has been looked at, which may take ten days.",
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Ferry runs aground | Esk Post</title>
<meta property="og:site_name" content="Esk Post"><meta property="og:title" content="Ferry runs aground">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline":
 "Ferry runs aground", "datePublished": "2025-03-04T09:12:00+01:00", "author": {"@type": "Person", "name": "Ann Lee"}}</script>
<script>var text = "The tram will open in May.";</script></head><body><nav><ul><li><a href="/">Home</a></li>
<li><a href="/sport">Sport</a></li></ul></nav><main><article><h1>Ferry runs aground</h1><p class="byline">By Ann Lee</p>
<figure><img src="x.jpg"><figcaption>The Halden in 2019. Photo: Esk Post</figcaption></figure>
<p>%s</p><aside><h3>Related</h3><ul><li><a href="/tram">The tram opens in May, says the mayor of the town</a></li></ul></aside>
<p>%s</p><p>%s</p></article></main><footer><p>© 2026 Esk Post. All rights reserved.</p></footer></body></html>"""
for _paragraph in FERRY:
    PAGE = PAGE.replace("%s", _paragraph, 1)


def read(file: Path, *, max_characters: int = 1_000_000) -> list[Article | SourceError | Note]:
    root = Root(file.parent.name, file.parent)
    return [item for _, item in read_file(file, root=root, max_characters=max_characters)]


def the_article(file: Path) -> Article:
    [article] = read(file)
    assert isinstance(article, Article), article
    return article


def the_fault(file: Path) -> SourceError:
    [fault] = read(file)
    assert isinstance(fault, SourceError), fault
    return fault


def pack(file: Path, parts: dict[str, Any]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
