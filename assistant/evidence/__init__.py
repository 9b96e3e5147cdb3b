"""Passages to sentences that may answer, scored."""
