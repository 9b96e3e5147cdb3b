"""The embedder's weights and vocabulary, and how the weights were made (README.md has the card)."""
