"""All settings, read once at an entry point: defaults < ``assistant.toml`` < ``ASSISTANT_…`` < flags."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from index.errors import SettingsInvalid
from index.models.embedding import MAX_TOKENS
from index.settings import IndexSettings

TOML = "assistant.toml"
PREFIX = "ASSISTANT_"


class Settings(BaseSettings):
    """What a person may set; see docs/usage.md."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file=TOML, extra="forbid", frozen=True, env_ignore_empty=True
    )

    store: Path = Field(default=Path(".assistant"), description="The folder that holds the store.")
    chunk_tokens: int = Field(
        default=IndexSettings.chunk_tokens,
        ge=96,
        le=MAX_TOKENS,
        description="The most tokens of a chunk, its title included.",
    )
    max_article_characters: int = Field(
        default=IndexSettings.max_article_characters, ge=1, description="A longer article is refused."
    )
    day_first: bool = Field(default=True, description="Read 03/04/2025 as 3 April; else as March 4th.")
    max_question_characters: int = Field(default=2000, ge=1, description="A longer question is refused.")
    fast: bool = Field(
        default=False, description="Answer without the reader: about three times as fast, less often right."
    )
    top_k: int = Field(default=5, ge=1, le=50, description="How many passages an answer shows.")

    private_addresses: bool = Field(
        default=False, description="Fetch from servers on this machine and in private networks too."
    )
    fetch_pause: float = Field(default=1, ge=0, description="Seconds between two requests to a server of the web.")

    model: str | None = Field(
        default=None,
        description="A language model that writes the answers, at OPENAI_BASE_URL with OPENAI_API_KEY; none: verbatim.",
    )
    fast_model: str | None = Field(
        default=None,
        description="A cheaper language model, at the same server, for follow-ups, plans and unsure sentences.",
    )
    judge: str | None = Field(
        default=None,
        description="A language model, at the same server, that reads each sentence of another beside its quotes.",
    )
    embedder: str | None = Field(
        default=None,
        description="What embeds texts and questions: multilingual (in this process, for archives in other languages), "
        "or a model at OPENAI_BASE_URL; none: the one that comes along, for English.",
    )
    strict: bool = Field(
        default=False, description="Fail where the model fails, in place of a verbatim answer with a notice."
    )
    evidence_tokens: int = Field(
        default=8000, ge=200, description="The most tokens of passages that are sent to a model."
    )
    answer_tokens: int = Field(default=2000, ge=50, description="The most tokens of a model's reply.")
    answer_length: Literal["auto", "short", "normal", "long"] = Field(
        default="auto", description="How long a model's answer is; auto: long where the question is broad."
    )
    model_timeout: float = Field(default=60, gt=0, description="Seconds to wait for a model's next words.")
    price_in: float = Field(default=0, ge=0, description="What a million tokens sent to the model cost.")
    price_out: float = Field(default=0, ge=0, description="What a million tokens written by the model cost.")
    budget: float = Field(
        default=0, ge=0, description="What the models may cost a day, in the money of the prices; 0: no limit."
    )

    @field_validator("budget")
    @classmethod
    def _budget_has_prices(cls, value: float, given: ValidationInfo) -> float:
        if value and not (given.data.get("price_in") or given.data.get("price_out")):
            raise ValueError("a budget needs ASSISTANT_PRICE_IN or ASSISTANT_PRICE_OUT")
        return value

    @field_validator("store", mode="before")
    @classmethod
    def _store_has_a_name(cls, value: Any) -> Any:
        if not str(value).strip():
            raise ValueError("a folder's name is needed")
        return value

    @property
    def index(self) -> IndexSettings:
        """The settings that a store is built with."""
        return IndexSettings(self.chunk_tokens, self.max_article_characters, self.day_first)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags, then the environment, then the file in the working directory."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def read_settings(**flags: Any) -> Settings:
    """The settings in force; a flag that is None was not given.

    Raises SettingsInvalid, naming the setting, its value and what it may be.
    """
    _check_names()
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        [first, *_] = error.errors()
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsInvalid(
            f"setting {name!r} is {first['input']!r}: {first['msg']}. "
            f"It comes from {TOML}, from {PREFIX}{name.upper()} or from a flag"
        ) from None
    except ValueError as error:  # the TOML itself
        raise SettingsInvalid(f"{TOML} cannot be read: {error}") from None


def _check_names() -> None:
    """pydantic-settings passes over unknown environment variables; a slip in a name should be told."""
    import os

    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise SettingsInvalid(f"{name} is not a setting; the settings are {', '.join(sorted(known))}")
