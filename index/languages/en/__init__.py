"""English: its words and the patterns made of them."""
