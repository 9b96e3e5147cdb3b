"""Proof that the gate catches what it should and lets pass what it should: ``make eval-proof``."""
