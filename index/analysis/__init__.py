"""What is made once of a text: its layout, sentences, terms, names, numbers, what it asserts and who says it."""
