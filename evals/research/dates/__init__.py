"""Dates of publication that texts state: gold pages, and ``python -m evals.research.dates``."""
