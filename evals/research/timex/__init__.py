"""How well expressions of time are resolved to days."""
