"""What stands beside an answer: contradictions, corrections, newer counts."""
