"""What moves a sentence up or down for what a question asks of time."""
