"""The large reader and judge: an encoder of MPNet's size, heads for spans, relevance, yes or no, and entailment."""
