"""A language model behind OpenAI's protocol: what is sent, what comes back piece by piece, and what can go wrong."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol
from urllib.parse import urlsplit

from assistant.model.drafts import SCHEMA
from assistant.model.stream import received
from assistant.model.tokens import count_tokens
from assistant.settings import Settings
from assistant.types import Sent
from index.errors import ModelFailed
from index.models.embedding import MiniLM, Vectors, unit_rows
from prompts import Prompt

if TYPE_CHECKING:
    import openai

Messages = list[dict[str, str]]
Form = Literal["json", "plain"]

_RETRIES = 2
"""Of a call that was refused for the moment; the SDK waits between them as the server says, else with jitter."""


@dataclass
class Usage:
    """What an answer has used of a model; ``finish`` is the reason that its last reply ended for."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    estimated: bool = False
    """The server did not say how many tokens; they were counted here."""
    finish: str | None = None
    prompts: dict[str, str] = field(default_factory=dict)
    """The versions of the prompts that were sent, by name."""
    sent: list[Sent] = field(default_factory=list)
    """Each call with its messages and its reply."""
    stop: threading.Event = field(default_factory=threading.Event)
    """Set, from any thread, when no more is wanted: what is under way then raises CancelledError."""

    def note(self, *prompts: Prompt) -> None:
        """Remember that some prompts are sent."""
        self.prompts.update({prompt.name: prompt.version for prompt in prompts})


_FORMAT = re.compile(r"response_?format|json|schema|grammar", re.IGNORECASE)
"""What a server names that does not know the form a reply is asked for in."""

_ADDRESS = re.compile(r"https?://(?:[\w.-]+|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?(?:/[\w./~-]*)?")
"""An address without a name, password or query in it, which logs would print."""

_TEXTS_A_CALL = 64
"""How many texts are embedded at once."""


def is_address(address: str) -> bool:
    """Whether the SDK can take it; what it says itself about one that it cannot repeats the address."""
    with suppress(ValueError):
        return _ADDRESS.fullmatch(address) is not None and (urlsplit(address).port or 1) > 0
    return False


def read_briefly(model: LanguageModel, messages: Messages, usage: Usage, most: int = 8000) -> str:
    """So many characters of a model's reply, without what it thought before. Raises ModelFailed."""
    written = ""
    with closing(model.write(lambda _: messages, usage)) as pieces:
        for piece in pieces:
            written += piece
            if len(written) >= most:
                break
    return written.split("</think>")[-1] if "</think>" in written or "<think>" not in written else ""


class LanguageModel(Protocol):
    """Something that replies to messages, piece by piece."""

    name: str

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """The pieces of a reply; ``structured`` asks for sentences with quotes. Raises ModelFailed."""
        ...


@dataclass(frozen=True)
class _Understood:
    """What a server understands, as far as it is known: the forms of a reply, the best first, and the options."""

    formats: tuple[dict[str, Any] | None, ...]
    options: dict[str, Any]

    def without(self, refusal: str) -> _Understood | None:
        """Less of it, after a refusal that names what was not understood; None where it names nothing of ours."""
        if "max_completion_tokens" in refusal and "max_tokens" in self.options:
            options = {name: value for name, value in self.options.items() if name != "max_tokens"}
            # Such a model thinks first, and its thoughts count too.
            return _Understood(self.formats, options | {"max_completion_tokens": 10 * self.options["max_tokens"]})
        for name in ("stream_options", "temperature"):
            if name in refusal and name in self.options:
                options = {other: value for other, value in self.options.items() if other != name}
                return _Understood(self.formats, options)
        if len(self.formats) > 1 and _FORMAT.search(refusal):
            return _Understood(self.formats[1:], self.options)
        return None


def _text(content: object) -> str:
    """The text of a piece; some servers send it as a list of parts. What is no Unicode gives way to a question mark."""
    if isinstance(content, list):
        content = "".join(part.get("text") or "" for part in content if isinstance(part, dict))
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""


class OpenAIModel:
    """Any server that speaks OpenAI's chat protocol: OpenAI, Azure, vLLM, Ollama, llama.cpp, LM Studio.

    ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL`` are read by the SDK. What a server does not understand (a schema, JSON
    mode, usage in a stream, a temperature) is found out by its refusal, left out from then on, and remembered.
    """

    def __init__(self, name: str, settings: Settings, *, address: str | None = None, key: str = "") -> None:
        """The model of a name, at an ``address`` with a ``key``; without an address as the environment says."""
        self.name = name
        self._server = Server(settings, address, key)
        self._learning = threading.Lock()
        self._known = _Understood(
            (
                {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": SCHEMA}},
                {"type": "json_object"},
                None,
            ),
            {
                "stream_options": {"include_usage": True},
                "temperature": 0,
                "max_tokens": settings.answer_tokens,
            },
        )

    def write(
        self, messages: Callable[[Form], Messages], usage: Usage, *, structured: bool = False
    ) -> Generator[str, None, None]:
        """See ``LanguageModel``; closing the iterator closes the connection."""
        import openai

        usage.calls += 1
        usage.finish = None
        counted: tuple[int, int] | None = None
        sent: Messages = []
        written = ""
        try:
            for item in received(lambda: self._chunks(messages, structured=structured), usage.stop):
                if isinstance(item, list):
                    sent = item
                    continue
                if item.usage:  # some servers give it with every chunk, growing
                    counted = int(item.usage.prompt_tokens or 0), int(item.usage.completion_tokens or 0)
                for choice in item.choices[:1]:
                    usage.finish = choice.finish_reason or usage.finish
                    if piece := _text(choice.delta.content if choice.delta else None):
                        written += piece
                        yield piece
        except (openai.OpenAIError, OSError, ImportError) as error:
            raise ModelFailed(self._server.explain(error, self.name)) from None
        except (ValueError, TypeError, AttributeError) as error:  # a chunk that is not what the protocol says
            raise ModelFailed(
                f"{self._server.url} did not answer in the form of the OpenAI API ({type(error).__name__})"
            ) from None
        finally:
            if counted is None and sent:
                usage.estimated = True
                counted = sum(count_tokens(message["content"]) for message in sent), count_tokens(written)
            usage.prompt_tokens += counted[0] if counted else 0
            usage.completion_tokens += counted[1] if counted else 0

    async def _chunks(self, messages: Callable[[Form], Messages], *, structured: bool) -> AsyncGenerator[Any, None]:
        """What is sent, in the form that the server takes, then the chunks of its stream."""
        import openai

        async with openai.AsyncOpenAI(**self._server.access) as client:
            while True:
                known = self._known
                response_format = known.formats[0] if structured else None
                sent = messages("json" if response_format else "plain")
                options = known.options | ({"response_format": response_format} if response_format else {})
                try:
                    stream: Any = await client.chat.completions.create(
                        model=self.name,
                        messages=sent,  # type: ignore[arg-type]
                        stream=True,
                        **options,
                    )
                    break
                except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                    # Its text has what OpenAI's own server says; others put it elsewhere in the body.
                    less = known.without(f"{error} {error.body}")
                    if less is None:
                        raise
                    with self._learning:
                        if self._known is known:  # else another thread has learnt from its own refusal: try that
                            self._known = less
            yield sent
            async with stream:
                async for chunk in stream:
                    yield chunk


class OpenAIEmbedder:
    """Any server that speaks OpenAI's embeddings protocol; chunks are cut as for the house's own."""

    def __init__(self, settings: Settings) -> None:
        assert settings.embedder
        self.name = f"{settings.embedder} by OpenAI's protocol"
        self._model = settings.embedder
        self._server = Server(settings)
        self._counter = MiniLM()

    @cached_property
    def _client(self) -> openai.OpenAI:
        import openai

        return openai.OpenAI(**self._server.access)

    def embed(self, texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None) -> Vectors:
        """See ``Embedder``; raises ModelFailed."""
        import openai

        rows: list[list[float]] = []
        for start in range(0, len(texts), _TEXTS_A_CALL):
            batch = list(texts[start : start + _TEXTS_A_CALL])
            try:
                reply = self._client.embeddings.create(model=self._model, input=batch, encoding_format="float")
            except (openai.OpenAIError, OSError, ImportError, ValueError) as error:
                raise ModelFailed(self._server.explain(error, self._model)) from None
            rows += [item.embedding for item in sorted(reply.data, key=lambda item: item.index)]
            progress(len(rows))
        if len(rows) != len(texts):
            raise ModelFailed(f"{self._server.url} gave {len(rows)} vectors for {len(texts)} texts")
        return unit_rows(rows)

    def embed_question(self, question: str) -> Vectors:
        """See ``Embedder``; raises ModelFailed."""
        vector: Vectors = self.embed([question])[0]
        return vector

    def token_offsets(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """See ``Embedder``."""
        return self._counter.token_offsets(texts)


def known_access() -> tuple[str, str]:
    """The address and the key of the environment; empty where there are none."""
    return os.environ.get("OPENAI_BASE_URL", "").strip(), os.environ.get("OPENAI_API_KEY", "").strip()


class Server:
    """The server of OPENAI_BASE_URL, the key for it, and what its faults mean to a person."""

    def __init__(self, settings: Settings, address: str | None = None, key: str = "") -> None:
        self._timeout = settings.model_timeout
        self._given = None if address is None else (address, key)

    @property
    def url(self) -> str:
        """Its address."""
        return (self.access["base_url"] or "https://api.openai.com/v1").rstrip("/")

    @cached_property
    def access(self) -> dict[str, Any]:
        """What the SDK's clients are made with; raises ModelFailed where nobody said which server, or as whom."""
        address, key = self._given or known_access()
        if not key and not address:
            raise ModelFailed("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for a server of your own")
        if not key.isascii() or not key.isprintable():
            raise ModelFailed("OPENAI_API_KEY contains characters that cannot be in a key; set it again")
        if address and not is_address(address):  # not repeated here: it may hold a secret
            raise ModelFailed("OPENAI_BASE_URL is not an address such as http://127.0.0.1:11434/v1; set it again")
        # A server of one's own asks for no key, the SDK does.
        return {
            "api_key": key or "none",
            "base_url": address or None,
            "timeout": self._timeout,
            "max_retries": _RETRIES,
        }

    def explain(self, error: Exception, model: str) -> str:
        """What went wrong, in a line; what the server says is left out, since it may repeat the key."""
        import openai

        match error:
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return f"{self.url} refuses the key (HTTP {error.status_code}); set OPENAI_API_KEY to one it takes"
            case openai.NotFoundError():
                return f"{self.url} has no model {model!r} (HTTP 404); name one that it has"
            case openai.RateLimitError():
                return f"{self.url} has had too many requests, or the quota is used up (HTTP 429); try later"
            case openai.BadRequestError(code="content_filter"):
                return f"the content filter of {self.url} refuses this question or what was found for it (HTTP 400)"
            case openai.APIStatusError(status_code=code):
                mend = (
                    "try later"
                    if code >= 500
                    else "it does not take this question; try a smaller ASSISTANT_EVIDENCE_TOKENS"
                )
                return f"{self.url} failed with HTTP {code}; {mend}"
            case openai.APITimeoutError():
                return (
                    f"{self.url} said nothing for {self._timeout:g} seconds; "
                    "give it longer with ASSISTANT_MODEL_TIMEOUT"
                )
            case openai.APIConnectionError():
                return f"{self.url} cannot be reached, or broke off; start it, or set OPENAI_BASE_URL to one that runs"
            case OSError() | ImportError():  # a proxy or a certificate that the environment names
                return (
                    f"no connection can be made to {self.url} ({type(error).__name__}); "
                    "look at ALL_PROXY, HTTPS_PROXY and SSL_CERT_FILE"
                )
            case _:
                return f"{self.url} did not answer in the form of the OpenAI API ({type(error).__name__})"
