"""What is measured of an answer, and what counts as right; nothing here asks the assistant how it reads a sentence."""
