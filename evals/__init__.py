"""Measures the assistant: questions with known answers, and speed and size."""
