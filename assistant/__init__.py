"""Ask an archive of news articles; every sentence of the answer is a quote that is really there."""

from assistant.aio import AsyncAssistant
from assistant.api import Assistant
from assistant.time_expressions import times_in
from assistant.types import REFUSAL, Annotation, Answer, Citation, Notice, Sentence, VerifiedClaim
from index.errors import (
    ArticleUnknown,
    AssistantError,
    ModelMissing,
    QuestionInvalid,
    SettingsInvalid,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMismatch,
    StoreMissing,
    StoreUnwritable,
)
from index.passage import Passage, Why
from index.times.timex3 import Timex3
from index.types import Article, Chunk, Failure, IngestReport

__all__ = [
    "REFUSAL",
    "Annotation",
    "Answer",
    "Article",
    "ArticleUnknown",
    "Assistant",
    "AssistantError",
    "AsyncAssistant",
    "Chunk",
    "Citation",
    "Failure",
    "IngestReport",
    "ModelMissing",
    "Notice",
    "Passage",
    "QuestionInvalid",
    "Sentence",
    "SettingsInvalid",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreLocked",
    "StoreMismatch",
    "StoreMissing",
    "StoreUnwritable",
    "Timex3",
    "VerifiedClaim",
    "Why",
    "times_in",
]
__version__ = "0.1.0"
