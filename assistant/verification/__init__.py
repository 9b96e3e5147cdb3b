"""Whether quotes bear out a sentence, and whether they are in the article."""
