"""Scripts that measure parts of the product, for whoever changes it; they are not in the wheel."""
