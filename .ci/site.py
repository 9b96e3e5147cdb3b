"""The pages at the top of the repository as pages of the site, their links followed there: a hook of mkdocs."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
PAGES = {
    "README.md": "index.md",
    "ARCHITECTURE.md": "architecture.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "DECISIONS.md": "decisions.md",
    "evals/RESULTS.md": "results.md",
    "index/weights/READER.md": "reader.md",
}
_SOURCE = {page: source for source, page in PAGES.items()}
_LINK = re.compile(r"\]\(([^)\s#:]+)((?:#[^)\s]*)?)\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages."""
    for source, page in PAGES.items():
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Links as the site has them; what is no page keeps its own, and fails the build."""
    here = posixpath.dirname(_SOURCE.get(page.file.src_uri, f"docs/{page.file.src_uri}"))

    def followed(link: re.Match[str]) -> str:
        there = posixpath.normpath(posixpath.join(here, link[1]))
        return f"]({PAGES.get(there, there.removeprefix('docs/') if there.startswith('docs/') else link[1])}{link[2]})"

    return _LINK.sub(followed, markdown)
