"""How well it is told whether quotes bear out a sentence: ``python -m evals.research.claim_support``."""
