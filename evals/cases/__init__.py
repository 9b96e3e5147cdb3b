"""Suites of questions with what is right for each: read, taken over from others, drafted."""

from evals.cases.suite import SCHEMA, Case, Suite, a_case, read_suite

__all__ = ["SCHEMA", "Case", "Suite", "a_case", "read_suite"]
