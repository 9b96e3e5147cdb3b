"""Sources to articles to chunks to ranked passages; knows nothing of models that write."""
