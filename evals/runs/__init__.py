"""A suite asked, and what came of it: in figures, beside an earlier run, before the rules of a build."""
