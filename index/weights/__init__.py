"""The weights, vocabulary and calibration of the embedder and the readers (README.md has the cards)."""
