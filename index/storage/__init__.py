"""One store folder: the SQLite catalog, which is the truth, and the vectors."""
