"""The page: chat on the left, the source with the quote marked on the right, on Gradio."""
