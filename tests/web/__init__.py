"""The page, in a real browser and piece by piece."""
