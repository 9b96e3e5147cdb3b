"""The training of the reader; needs torch, but for ``sources`` and ``text``. README.md has the commands."""
