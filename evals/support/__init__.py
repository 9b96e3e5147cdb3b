"""How well it is told whether quotes bear out a sentence: ``python -m evals.support``."""
