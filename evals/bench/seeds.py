"""The seed articles in a store of their own, and questions about them."""

from __future__ import annotations

from pathlib import Path

from assistant import Assistant

_SEEDS = Path(__file__).parents[2] / "seeds"

QUESTIONS = (
    "When did Macron and Putin last speak?",
    "Whom did Macron send to Moscow?",
    "What did Macron say about Russia's willingness to negotiate?",
    "Who said that Putin was ready to accept a call from Macron?",
    "What did Lavrov say about a call?",
    "Which newspaper interviewed Macron?",
    "When did Russia invade Ukraine?",
    "Why does Macron want a European approach to dialogue with Putin?",
    "What did the Kremlin say in January?",
    "Did Macron give a timeframe for the dialogue?",
    "When did talks between Macron and Putin cease?",
    "Where did Macron answer a question on Tuesday?",
    "Who is the president of Ukraine?",
    "What has the EU imposed on Russia?",
    "Has Zelenskyy been consulted about the talks?",
    "How long had Macron and Putin not spoken before July?",
    "What did Merz tell Putin?",
    "When did Macron travel to Moscow?",
    "Who is Emmanuel Bonne?",
    "What is the population of Paris?",
)


def seed_store(folder: Path) -> Path:
    """A store of the seeds."""
    store = folder / "seeds"
    with Assistant.open(store) as assistant:
        assistant.ingest([_SEEDS])
    return store
