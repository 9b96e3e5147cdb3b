"""Servers that speak OpenAI's protocol, each in its own way: what it refuses, and the form of what it streams.

The exchanges are written after the vendors' documentation and their users' reports; none is asked here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant import Assistant
from assistant.settings import Settings
from tests.model_server import Reply, sentences, serve

QUESTION = "When did Macron and Putin last speak?"
TRUE = ("Macron and Putin last spoke in July.", "Macron and Putin last spoke in July")
JSON = sentences(TRUE)
PLAIN = f"QUOTE 1: {TRUE[1]}\nSENTENCE: {TRUE[0]}\n"
THOUGHT = 'I look at passage 1: {"sentences": [{"text": "no"}]} would be wrong.'

Request = dict[str, Any]
Chunk = dict[str, Any]


@dataclass(frozen=True)
class Vendor:
    """What a server refuses of a request, in its own words, and the chunks that it streams."""

    chunks: tuple[Chunk, ...]
    refuse: Callable[[Request], Reply | None] = lambda request: None
    refusals: int = 0
    """How many calls are refused before it is known what the server takes."""
    sent: dict[str, Any] = field(default_factory=dict)
    """What the request that is answered has."""
    not_sent: tuple[str, ...] = ()
    tokens: tuple[int, int] | None = (900, 60)
    """In and out, as the server counts them; None where it does not say."""


def delta(finish: str | None = None, **content: Any) -> Chunk:
    return {"choices": [{"index": 0, "delta": content, "finish_reason": finish}]}


def text(words: str, pieces: int = 4) -> tuple[Chunk, ...]:
    size = -(-len(words) // pieces)
    return tuple(delta(content=words[at : at + size]) for at in range(0, len(words), size))


def usage(**more: Any) -> Chunk:
    return {"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 60, "total_tokens": 960} | more}


def refusal(body: Any, status: int = 400) -> Reply:
    return Reply(status=status, body=body)


def of_openai(message: str, param: str, code: str) -> Reply:
    return refusal({"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}})


def reasoning(request: Request) -> Reply | None:
    """OpenAI's reasoning models: another name for the limit, no temperature."""
    if "max_tokens" in request:
        return of_openai(
            "Unsupported parameter: 'max_tokens' is not supported with this model."
            " Use 'max_completion_tokens' instead.",
            "max_tokens",
            "unsupported_parameter",
        )
    if "temperature" in request:
        return of_openai(
            "Unsupported value: 'temperature' does not support 0 with this model."
            " Only the default (1) value is supported.",
            "temperature",
            "unsupported_value",
        )
    return None


def mistral(request: Request) -> Reply | None:
    """It knows no options of a stream: the usage comes without."""
    if "stream_options" not in request:
        return None
    place = ["body", "stream_options", "include_usage"]
    fault = {"type": "extra_forbidden", "loc": place, "msg": "Extra inputs are not permitted", "input": True}
    told = {"detail": [fault]}
    return refusal(
        {"object": "error", "message": told, "type": "invalid_request_error", "param": None, "code": None}, 422
    )


def google(request: Request) -> Reply | None:
    """Errors come in a list; a schema with a key that it does not know is refused."""
    if request.get("response_format", {}).get("type") != "json_schema":
        return None
    message = "Invalid JSON payload received. Unknown name \"additionalProperties\" at 'response_format.schema'"
    return refusal([{"error": {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}}])


def lm_studio(request: Request) -> Reply | None:
    """The error is a bare text; JSON mode is not known, and of a model that thinks a schema is not taken."""
    kind = request.get("response_format", {}).get("type")
    if kind == "json_schema":
        return refusal({"error": "Failed to parse grammar of json_schema"})
    if kind == "json_object":
        return refusal({"error": "'response_format.type' must be 'json_schema' or 'text'"})
    return None


def vllm(request: Request) -> Reply | None:
    """The error is not nested; a server without a backend for grammars refuses a schema."""
    if request.get("response_format", {}).get("type") != "json_schema":
        return None
    message = "Grammar error: Unsupported JSON schema"
    return refusal({"object": "error", "message": message, "type": "BadRequestError", "param": None, "code": 400})


FILTER = {"hate": {"filtered": False, "severity": "safe"}, "violence": {"filtered": False, "severity": "safe"}}
VENDORS = {
    "OpenAI, a reasoning model": Vendor(
        (
            delta(role="assistant", content="", refusal=None),
            *text(JSON),
            delta("stop"),
            usage(completion_tokens_details={"reasoning_tokens": 40}),
        ),
        reasoning,
        refusals=2,
        sent={"max_completion_tokens": 20_000},
        not_sent=("max_tokens", "temperature"),
    ),
    # A form asked for is ignored, not refused: the reply is JSON in a fence, with words around it.
    "Anthropic": Vendor(
        (*text(f"Here is the answer:\n\n```json\n{JSON}\n```\n"), delta("stop"), usage(completion_tokens_details=None)),
    ),
    # Usage with every chunk, growing; pieces are long, and the last one has text and the reason to stop.
    "Google": Vendor(
        (
            {**delta(content=JSON[:40], role="assistant"), "usage": {"prompt_tokens": 900, "completion_tokens": 9}},
            {**delta("stop", content=JSON[40:]), "usage": {"prompt_tokens": 900, "completion_tokens": 60}},
        ),
        google,
        refusals=1,
        sent={"response_format": {"type": "json_object"}},
    ),
    # A model that thinks: the content is a list of parts, thoughts among them.
    "Mistral": Vendor(
        (
            delta(role="assistant", content=""),
            delta(content=[{"type": "thinking", "thinking": [{"type": "text", "text": THOUGHT}]}]),
            delta(content=[{"type": "text", "text": JSON[:30]}]),
            {**delta("stop", content=JSON[30:]), "usage": {"prompt_tokens": 900, "completion_tokens": 60}},
        ),
        mistral,
        refusals=1,
        not_sent=("stream_options",),
    ),
    # The first chunk has no choices, one of the filter's has no delta.
    "Azure": Vendor(
        (
            {
                "id": "",
                "object": "",
                "model": "",
                "created": 0,
                "choices": [],
                "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": FILTER}],
            },
            *text(JSON),
            {
                "id": "",
                "object": "",
                "model": "",
                "created": 0,
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": None,
                        "content_filter_results": FILTER,
                        "content_filter_offsets": {"check_offset": 44, "start_offset": 44, "end_offset": 198},
                    }
                ],
            },
            delta("stop"),
            usage(),
        ),
    ),
    # Thoughts come in a field of their own.
    "Ollama": Vendor(
        (
            delta(role="assistant", content="", reasoning=THOUGHT[:20]),
            delta(role="assistant", content="", reasoning=THOUGHT[20:]),
            *text(JSON),
            delta("stop", role="assistant", content=""),
            usage(),
        ),
    ),
    "vLLM": Vendor(
        (
            delta(role="assistant", content=""),
            delta(reasoning_content=THOUGHT, content=None),
            *text(JSON),
            delta("stop", content=""),
            usage(prompt_tokens_details=None),
        ),
        vllm,
        refusals=1,
        sent={"response_format": {"type": "json_object"}},
    ),
    # Thoughts stand in the text, before the answer; no usage in the stream.
    "LM Studio": Vendor(
        (*text(f"<think>\n{THOUGHT}\n</think>\n\n{PLAIN}", 9), delta("stop")),
        lm_studio,
        refusals=2,
        not_sent=("response_format",),
        tokens=None,
    ),
    # Some local servers end a stream without the reason why.
    "llama.cpp, an older one": Vendor((*text(JSON), delta(None), usage())),
}


def streamed(chunks: tuple[Chunk, ...]) -> Reply:
    known = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    rows = [b"data: " + json.dumps(known | chunk).encode() + b"\n\n" for chunk in chunks]
    return Reply(raw=b"".join(rows) + b"data: [DONE]\n\n")


@pytest.mark.parametrize("name", VENDORS)
def test_what_a_vendor_refuses_is_left_out_and_what_it_streams_is_read(
    name: str, seed_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    vendor = VENDORS[name]
    with serve(lambda request: vendor.refuse(request) or streamed(vendor.chunks)) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-test-4711")
        with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
            answer = assistant.ask(QUESTION)
            assert (answer.text, answer.answerer) == (TRUE[0], "scripted"), answer.notices
            assert len(server.requests) == vendor.refusals + 1
            assert not answer.dropped
            again = assistant.ask(QUESTION)
            assert again.text == TRUE[0] and len(server.requests) == vendor.refusals + 2  # it is remembered
    last = server.requests[-1]
    assert vendor.sent.items() <= last.items() and last["stream"] is True
    assert not last.keys() & set(vendor.not_sent)
    assert answer.usage["estimated"] == (vendor.tokens is None)
    if vendor.tokens:
        assert (answer.usage["prompt_tokens"], answer.usage["completion_tokens"]) == vendor.tokens


def test_a_filter_that_refuses_the_question_is_told_and_costs_no_answer(
    seed_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Azure's filter refuses a prompt with HTTP 400, and may end a reply in the midst."""
    body = {"error": {"message": "The response was filtered", "code": "content_filter", "status": 400}}
    cut = (*text(JSON[:40]), delta("content_filter"))
    for reply in (refusal(body), streamed(cut)):
        with serve(reply) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            with Assistant.open(seed_store.store.path, settings=Settings(model="scripted")) as assistant:
                answer = assistant.ask(QUESTION)
        assert answer.answerer == "extractive" and "in July" in answer.text
        told = " ".join(notice.message for notice in answer.notices)
        assert "content filter" in told and "quotes the articles directly" in told
