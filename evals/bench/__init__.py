"""Speed and size: one benchmark a file, all of them run by ``python -m evals.bench``."""
