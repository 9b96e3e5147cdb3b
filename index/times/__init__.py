"""Expressions of time in articles, resolved to days."""
