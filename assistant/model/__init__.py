"""Language models: one behind OpenAI's protocol, one of LlamaIndex; what they write, read."""
