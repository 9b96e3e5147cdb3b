"""Our errors as the page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import gradio as gr

from index.errors import AssistantError


@contextmanager
def shown() -> Iterator[None]:
    """Turn our errors into Gradio's, which are shown to the person who caused them."""
    try:
        yield
    except AssistantError as error:
        # Gradio shows a message as HTML, and it may quote what somebody typed.
        raise gr.Error(escape(str(error)), print_exception=False) from None
