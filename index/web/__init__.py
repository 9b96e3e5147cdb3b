"""Pages, feeds and sitemaps fetched from the web, within bounds."""
