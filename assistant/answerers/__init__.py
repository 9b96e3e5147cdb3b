"""Answerers: evidence in, a draft of sentences out."""
