"""What was chosen, to text with citations and annotations."""
