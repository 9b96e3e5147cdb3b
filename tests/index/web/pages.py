"""Pages, feeds and sitemaps for tests."""

from __future__ import annotations

from assistant import IngestReport
from tests.web_server import Site

PARAGRAPHS = (
    "The harbour of {place} was closed on Monday after its pilots had voted to strike for a week, the port said.",
    "Some 40 ships wait outside the bar, among them a tanker with 12,000 tonnes of diesel that {place} needs.",
    "The pilots ask for two more boats. The harbour master, Ilse Torvald, called their demand fair but costly.",
)


def article(place: str, *, more: str = "") -> str:
    """A page with an article on a strike in a harbour."""
    text = "".join(f"<p>{one.format(place=place)}</p>" for one in PARAGRAPHS)
    return f"""<!doctype html><html lang="en"><head><title>Pilots of {place} strike - Esk Post</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Esk Post">
<meta property="og:title" content="Pilots of {place} strike">
<meta property="article:published_time" content="2025-03-03T09:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Pilots of {place} strike</h1>{text}{more}</article><footer>© Esk Post</footer></body></html>"""


def feed(site: Site, *paths: str, host: str = "") -> str:
    """An RSS feed that lists pages, each with its first sentence."""
    items = "".join(
        f"<item><title>Pilots of {path.strip('/')} strike</title><link>{host or site.url}{path}</link>"
        f"<pubDate>Mon, 03 Mar 2025 09:00:00 GMT</pubDate>"
        f"<description>{PARAGRAPHS[0].format(place=path.strip('/'))}</description></item>"
        for path in paths
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Esk Post</title>{items}</channel></rss>'


def sitemap(site: Site, **changed: str) -> str:
    """A sitemap that lists pages with the day of their last change."""
    rows = "".join(f"<url><loc>{site.url}/{name}</loc><lastmod>{day}</lastmod></url>" for name, day in changed.items())
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def reason(report: IngestReport) -> str:
    """The one line that says what went wrong."""
    [failure] = report.failed
    assert "\n" not in failure.reason
    return failure.reason
