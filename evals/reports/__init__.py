"""Runs shown: in a terminal, as JUnit XML and Markdown, as a page with pictures."""
