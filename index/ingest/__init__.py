"""Files to articles in a store: incremental, resumable."""
