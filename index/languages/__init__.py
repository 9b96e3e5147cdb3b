"""What the product knows of a language, as data: a folder a language, and the months of all. Nowhere else are words."""
