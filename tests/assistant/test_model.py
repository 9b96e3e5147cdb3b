"""Answers of a language model, from a server on loopback that does what a test tells it to."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from assistant import Answer, Assistant, AsyncAssistant
from assistant.model.tokens import count_tokens
from assistant.settings import Settings
from assistant.terminal import render
from assistant.terminal.cli import cli
from assistant.types import Done, Dropped, PassagesFound, SentenceReady
from index.errors import ModelFailed
from index.models.calibration import read_close_calibration
from index.models.large_reader import Judgement, LargeReader, Look, Shown
from tests.model_server import Reply, Server, sentences, serve

QUESTION = "When did Macron and Putin last speak?"
QUOTE = "Macron and Putin last spoke in July, their first known phone conversation in over two and a half years."
TRUE = ("Macron and Putin last spoke in July.", "Macron and Putin last spoke in July")
CEASED = ("Talks ceased after a phone call in September 2022.", "talks ceased after a phone call in September 2022")
INVENTED = ("They met in Paris in 2031.", "met in Paris in 2031")
KEY = "sk-test-4711"


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK waits between tries; tests need not."""
    monkeypatch.setattr("openai._base_client.INITIAL_RETRY_DELAY", 0.01)
    monkeypatch.setattr("openai._base_client.MAX_RETRY_DELAY", 0.01)


@pytest.fixture
def seeds(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A context with the seed articles, a scripted model, and what it was asked."""

    @contextmanager
    def opened(*replies: Reply, **settings: Any) -> Iterator[tuple[Assistant, Server]]:
        with serve(*replies) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            monkeypatch.setenv("OPENAI_API_KEY", KEY)
            chosen = Settings(model="scripted", **settings)
            with Assistant.open(seed_store.store.path, settings=chosen) as assistant:
                yield assistant, server

    yield opened


def codes(answer: Answer) -> list[str]:
    """What is odd about an answer: what was understood of its time is not."""
    return [notice.code for notice in answer.notices if notice.code != "time_asked"]


def test_a_sentence_is_cited_with_the_whole_sentence_that_carries_it(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE))) as (assistant, server):
        answer = assistant.ask(QUESTION)
        [citation] = answer.citations
        text = assistant.article(citation.article_id).text
    assert answer.text == TRUE[0]
    assert answer.answerer == "scripted"
    assert citation.quote == QUOTE == text[citation.start : citation.end]
    assert citation.mark and text[slice(*citation.mark)] == TRUE[1]
    assert answer.usage == {"calls": 1, "prompt_tokens": 100, "completion_tokens": 20, "estimated": False}
    assert set(answer.prompts) == {"answer", "form_json"}
    assert server.requests[0]["response_format"]["type"] == "json_schema"
    json.dumps(answer.to_json())


def test_an_invented_sentence_is_mended_once_or_dropped_and_told(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE, INVENTED)), Reply('{"sentences": []}')) as (assistant, server):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0]
    assert [dropped.text for dropped in answer.dropped] == [INVENTED[0]]
    assert "2031" in answer.dropped[0].reason
    assert all(INVENTED[1] in quote for quote in answer.dropped[0].quotes)
    assert codes(answer) == ["dropped"]
    assert len(server.requests) == 2
    assert INVENTED[0] in server.requests[1]["messages"][1]["content"]
    out = io.StringIO()
    Console(file=out, width=200).print(render.answer(answer, {}))
    assert f"Left out: {INVENTED[0]}" in out.getvalue()


def test_a_mended_sentence_takes_the_place_of_the_faulty_one(seeds: Any) -> None:
    wrong = ("Macron and Putin last spoke in August.", "Macron and Putin last spoke in July")
    with seeds(Reply(sentences(wrong)), Reply(sentences(TRUE))) as (assistant, server):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0]
    assert not answer.dropped and not codes(answer)
    asked_to_mend = server.requests[1]["messages"][1]["content"]
    [told] = [line for line in asked_to_mend.splitlines() if line.startswith("  It rests on: ")]
    assert wrong[0] in asked_to_mend and wrong[1] in told


def test_where_nothing_is_borne_out_the_answer_is_verbatim_and_says_so(seeds: Any) -> None:
    with seeds(Reply(sentences(INVENTED))) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.answerer == "extractive"
    assert "in July" in answer.text
    assert codes(answer) == ["dropped", "nothing_kept"]
    assert answer.usage["calls"] == 2


def test_a_sentence_is_shown_without_the_yes_before_it(seeds: Any) -> None:
    with seeds(Reply(sentences(("Yes, Macron and Putin last spoke in July.", TRUE[1])))) as (assistant, server):
        answer = assistant.ask("Did Macron and Putin speak in July?")
    assert answer.text == TRUE[0] and not answer.dropped
    assert len([one for one in server.requests if "mend" in str(one["messages"])]) == 0


def test_no_sentence_at_all_is_a_refusal(seeds: Any) -> None:
    with seeds(Reply('{"sentences": []}')) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.refused and answer.answerer == "scripted" and answer.passages


def test_a_title_is_no_evidence(seeds: Any) -> None:
    title = "Without pressure on Ukrainians and to avoid dependence on third parties"
    with seeds(Reply(sentences((f"{title}.", title)))) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.answerer == "extractive"


@pytest.mark.parametrize(
    "text",
    [
        f"QUOTE 1: {TRUE[1]}\nSENTENCE: {TRUE[0]}\n",
        f"**QUOTE [1]:** “{TRUE[1]}”\r\n**SENTENCE:** {TRUE[0]}",
        "<think>Let me see {\"sentences\": [</think>" + sentences(TRUE),
        "```json\n" + sentences(TRUE) + "\n```",
        json.dumps(json.loads(sentences(TRUE))["sentences"]),
        sentences(TRUE, passage=7),
    ],
)  # fmt: skip
def test_other_forms_of_a_reply_are_read_too(seeds: Any, text: str) -> None:
    with seeds(Reply(text, pieces=len(text))) as (assistant, _):
        assert assistant.ask(QUESTION).text.startswith(TRUE[0])


def test_what_a_server_does_not_understand_is_left_out_and_remembered(seeds: Any) -> None:
    def refusal(message: str) -> Reply:
        return Reply(status=400, body={"error": {"message": message}})

    refusals = [
        refusal("unknown field stream_options"),
        refusal("temperature must be 1"),
        refusal("use max_completion_tokens"),
        refusal("json_schema?"),
        refusal("what is a response_format?"),
    ]
    plain = Reply(f"QUOTE 1: {TRUE[1]}\nSENTENCE: {TRUE[0]}\n", usage=None)
    with seeds(*refusals, plain) as (assistant, server):
        answer = assistant.ask(QUESTION)
        assert answer.text == TRUE[0]
        assert answer.usage["estimated"] and answer.usage["prompt_tokens"] > 300
        assert len(server.requests) == 6
        assert assistant.ask(QUESTION).text == TRUE[0]
    last = server.requests[-1]
    assert len(server.requests) == 7
    assert not {"response_format", "stream_options", "temperature", "max_tokens"} & last.keys()
    assert last["max_completion_tokens"] == 20_000  # its thoughts count too
    assert "QUOTE 1:" in last["messages"][0]["content"]


def error(status: int, **headers: str) -> Reply:
    return Reply(status=status, headers=headers, body={"error": {"message": f"no, {KEY}"}})


FAULTS = [
    pytest.param(error(401), "HTTP 401", 1, id="key refused"),
    pytest.param(error(404), "no model 'scripted'", 1, id="model unknown"),
    pytest.param(error(429), "HTTP 429", 3, id="too many requests"),
    pytest.param(error(429, **{"Retry-After": "3600"}), "HTTP 429", 1, id="told to wait for an hour"),
    pytest.param(error(500), "HTTP 500", 3, id="broken"),
    pytest.param(error(503, **{"Retry-After": "0.01"}), "HTTP 503", 3, id="overloaded"),
    pytest.param(Reply(wait=1.0), "said nothing", 3, id="too slow"),
    pytest.param(Reply(raw=b"data: {nonsense\n\n"), "not answer in the form", 1, id="no JSON"),
    pytest.param(Reply(raw=b'data: {"choices": []}\n\ndata: [DONE]\n\n'), "no answer", 1, id="empty"),
    pytest.param(Reply(raw=b'data: {"choices": null}\n\n'), "not answer in the form", 1, id="choices null"),
    pytest.param(Reply(raw=b'data: {"choices": [null]}\n\n'), "not answer in the form", 1, id="choice null"),
    pytest.param(Reply(raw=b"data: 5\n\n"), "not answer in the form", 1, id="a number"),
    pytest.param(
        Reply("QUOTE " + "9" * 5000 + ": a b c\nSENTENCE: x"), "quotes the articles directly", 2, id="a huge number"
    ),
    pytest.param(Reply('{"sentences": [{"quotes": ' + "[" * 50_000), "broke off", 1, id="deep nesting"),
    pytest.param(
        Reply('{"sentences": [{"quotes": [null], "text": "x"}, 5, "y"]}'),
        "quotes the articles directly",
        2,
        id="odd items",
    ),
    pytest.param(Reply("Well, I think they spoke in July."), "no answer", 1, id="wrong form"),
    pytest.param(Reply('{"answer": "July"}'), "no answer", 1, id="wrong schema"),
    pytest.param(Reply("x" * 1_000_000), "far too long", 1, id="a megabyte"),
    pytest.param(Reply(sentences(TRUE)[:40], finish="content_filter"), "content filter", 1, id="filtered"),
]


@pytest.mark.parametrize(("reply", "said", "calls"), FAULTS)
def test_a_server_that_misbehaves_costs_no_answer(seeds: Any, reply: Reply, said: str, calls: int) -> None:
    with seeds(reply, model_timeout=0.3) as (assistant, server):
        answer = assistant.ask(QUESTION)
    assert answer.answerer == "extractive"
    assert "in July" in answer.text
    told = " ".join(notice.message for notice in answer.notices)
    assert said in told and "quotes the articles directly" in told
    assert len(server.requests) == calls
    assert KEY not in json.dumps(answer.to_json())


def test_text_in_parts_and_growing_usage_are_understood(seeds: Any) -> None:
    def chunk(**known: Any) -> bytes:
        return b"data: " + json.dumps({"id": "1", "object": "chat.completion.chunk", **known}).encode() + b"\n\n"

    content = [{"type": "text", "text": sentences(TRUE)}]
    usage = [{"prompt_tokens": 100, "completion_tokens": count, "total_tokens": 0} for count in (1, 20)]
    parts = [
        chunk(choices=[{"index": 0, "delta": {"content": content}}], usage=usage[0]),
        chunk(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}], usage=usage[1]),
    ]
    with seeds(Reply(raw=b"".join(parts))) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0]
    assert (answer.usage["prompt_tokens"], answer.usage["completion_tokens"]) == (100, 20)


@pytest.mark.slow
def test_many_threads_learn_at_once_what_a_server_refuses(seeds: Any) -> None:
    def reply(request: dict[str, Any]) -> Reply:
        time.sleep(0.05)
        if "response_format" in request or "temperature" in request:
            named = "temperature" if "temperature" in request else "response_format"
            return Reply(status=400, body={"error": {"message": f"no {named}"}})
        return Reply(f"QUOTE 1: {TRUE[1]}\nSENTENCE: {TRUE[0]}\n")

    with seeds(reply) as (assistant, _), ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(assistant.ask, [QUESTION] * 6))
    assert {answer.text for answer in answers} == {TRUE[0]}
    assert {answer.answerer for answer in answers} == {"scripted"}


def test_a_refusal_that_names_no_form_changes_nothing(seeds: Any) -> None:
    too_long = Reply(status=400, body={"error": {"message": "maximum context length is 4096 tokens"}})
    with seeds(too_long, Reply(sentences(TRUE))) as (assistant, server):
        assert "HTTP 400" in assistant.ask(QUESTION).notices[0].message
        assert assistant.ask(QUESTION).answerer == "scripted"
    assert len(server.requests) == 2
    assert server.requests[1]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    "address", ["http://user:s3cret/x@127.0.0.1/v1", "http://u:s3cret@127.0.0.1/v1", "http://[::1", "s3cret"]
)
def test_a_secret_in_the_address_is_not_repeated(
    seed_store: Assistant, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    settings = Settings(model="gpt", strict=True)
    with (
        Assistant.open(seed_store.store.path, settings=settings) as assistant,
        pytest.raises(ModelFailed, match="OPENAI_BASE_URL is no") as raised,
    ):
        assistant.ask(QUESTION)
    assert "s3cret" not in str(raised.value)


def test_what_was_dropped_is_told_even_if_mending_fails(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE, INVENTED)), error(401)) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0]
    assert [dropped.text for dropped in answer.dropped] == [INVENTED[0]]


def test_a_mended_sentence_that_is_another_one_takes_no_place(seeds: Any) -> None:
    with seeds(Reply(sentences(INVENTED)), Reply(sentences(TRUE, CEASED))) as (assistant, _):
        answer = assistant.ask("When did Macron and Putin last meet?")
    assert [dropped.text for dropped in answer.dropped] == [INVENTED[0]]


def test_half_a_line_is_no_sentence(seeds: Any) -> None:
    half = f"QUOTE 1: {TRUE[1]}\nSENTENCE: {TRUE[0]}\nQUOTE 1: {CEASED[1]}\nSENTENCE: Talks ceased after a phone"
    with seeds(Reply(half, finish="length")) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0]
    assert codes(answer) == ["cut_off"]


def test_strict_fails_instead(seeds: Any) -> None:
    with seeds(error(401), strict=True) as (assistant, _), pytest.raises(ModelFailed, match="refuses the key"):
        assistant.ask(QUESTION)


def test_a_fault_that_passes_is_tried_again(seeds: Any) -> None:
    with seeds(error(503), error(429), Reply(sentences(TRUE))) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0] and not codes(answer)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(sentences(TRUE, INVENTED, INVENTED), pieces=40, break_off=True),
        Reply(sentences(TRUE) + " " * 30 + "{", finish="length"),
    ],
    ids=["broken off", "too long"],
)
def test_what_was_verified_before_a_reply_broke_off_is_kept(seeds: Any, reply: Reply) -> None:
    with seeds(reply) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0]
    assert answer.answerer == "scripted"
    assert "cut_off" in codes(answer)


def test_a_sentence_arrives_before_the_reply_has_ended(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE, CEASED, TRUE), pieces=60, between=0.02)) as (assistant, _):
        begin = time.perf_counter()
        moments = [(type(event), time.perf_counter() - begin) for event in assistant.stream(QUESTION)]
    kinds = [kind for kind, _ in moments]
    assert kinds == [PassagesFound, SentenceReady, SentenceReady, Done]  # what is said twice is told once
    assert moments[1][1] < moments[-1][1] - 0.3


def test_dropped_sentences_are_events_too(seeds: Any) -> None:
    with seeds(Reply(sentences(INVENTED, TRUE)), Reply('{"sentences": []}')) as (assistant, _):
        kinds = [type(event) for event in assistant.stream(QUESTION)]
    assert kinds == [PassagesFound, SentenceReady, Dropped, Done]


def test_closing_the_stream_closes_the_connection(seeds: Any) -> None:
    reply = Reply(sentences(TRUE, *[INVENTED] * 200), pieces=400, between=0.01)
    with seeds(reply) as (assistant, server):
        events = assistant.stream(QUESTION)
        assert any(isinstance(event, SentenceReady) for event in events)
        events.close()
        begin = time.perf_counter()
        while not server.broken_pipes and time.perf_counter() - begin < 3:
            time.sleep(0.02)
    assert server.broken_pipes == 1


def test_a_silent_server_is_left_at_once(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE), wait=5)) as (assistant, _):
        stop = threading.Event()
        events = assistant.stream(QUESTION, stop=stop)
        assert isinstance(next(events), PassagesFound)
        threading.Timer(0.4, stop.set).start()
        begin = time.perf_counter()
        with pytest.raises(CancelledError):
            next(events)
        assert time.perf_counter() - begin < 4


def test_an_async_question_that_is_cancelled_leaves_the_server(seeds: Any) -> None:
    async def impatient(assistant: AsyncAssistant) -> None:
        await asyncio.wait_for(assistant.ask(QUESTION, fast=True), timeout=1.5)

    with seeds(Reply(sentences(TRUE), wait=5)) as (assistant, server):
        begin = time.perf_counter()
        with pytest.raises(TimeoutError):
            asyncio.run(impatient(AsyncAssistant(assistant)))
        assert time.perf_counter() - begin < 4
        assert len(server.requests) == 1


def test_a_program_that_ends_in_mid_answer_does_not_wait_for_it(seeds: Any) -> None:
    script = (
        "import sys\nfrom assistant import Assistant\nfrom assistant.settings import Settings\n"
        "events = Assistant.open(sys.argv[1], settings=Settings(model='scripted')).stream(sys.argv[2])\n"
        "next(events)\nprint(type(next(events)).__name__)\n"
    )
    reply = Reply(sentences(TRUE, *[INVENTED] * 200), pieces=400, between=0.2)
    with seeds(reply) as (assistant, server):
        command = [sys.executable, "-c", script, str(assistant.store.path), QUESTION]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=40, check=False)
    assert ended.stdout.strip() == "SentenceReady"
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(server.requests) == 1


def test_what_was_looked_up_beside_answers_nobody(seeds: Any, seed_store: Assistant) -> None:
    question = "How old is the president of the country that Bonne visited?"
    assert seed_store.ask(question).refused
    with seeds(error(404)) as (assistant, _):
        answer = assistant.ask(question)
    assert answer.refused
    assert not [notice for notice in answer.notices if notice.code == "not_answered"]
    assert len([notice for notice in answer.notices if notice.code == "unknown_words"]) <= 1


def test_a_proxy_that_cannot_be_used_costs_no_answer(seeds: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    with seeds(Reply(sentences(TRUE))) as (assistant, _):
        answer = assistant.ask(QUESTION)
    told = " ".join(notice.message for notice in answer.notices)
    assert answer.answerer == "extractive" and "SSL_CERT_FILE" in told


def test_a_strict_answer_needs_its_judge(seeds: Any) -> None:
    with seeds(judge_says(), judge="referee", strict=True) as (assistant, _):
        assistant.store.close_reader = Hesitant()
        with pytest.raises(ModelFailed):
            assistant.ask(QUESTION)


def test_a_stream_that_was_stopped_ends_without_a_model_too(seed_store: Assistant) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(CancelledError):
        list(seed_store.stream(QUESTION, stop=stop))


def test_an_async_stream_is_the_same_and_can_be_left(seeds: Any) -> None:
    async def kinds(assistant: AsyncAssistant) -> list[type]:
        return [type(event) async for event in assistant.stream(QUESTION)]

    async def first(assistant: AsyncAssistant) -> type:
        async with aclosing(assistant.stream(QUESTION)) as events:
            return type(await anext(events))

    with seeds(Reply(sentences(TRUE))) as (assistant, server):
        twin = AsyncAssistant(assistant)
        assert asyncio.run(kinds(twin)) == [PassagesFound, SentenceReady, Done]
        assert asyncio.run(first(twin)) is PassagesFound
        assert len(server.requests) == 1


def test_without_a_model_the_same_events_come(seed_store: Assistant) -> None:
    kinds = [type(event) for event in seed_store.stream(QUESTION)]
    assert kinds == [PassagesFound, SentenceReady, Done]


def test_a_key_in_the_environment_alone_uses_no_model(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with serve(Reply(sentences(TRUE))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        with Assistant.open(seed_store.store.path) as assistant:
            assert assistant.ask(QUESTION).answerer == "extractive"
        assert not server.requests


def test_without_a_key_and_a_server_it_is_said(seed_store: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    settings = Settings(model="gpt", strict=True)
    with (
        Assistant.open(seed_store.store.path, settings=settings) as assistant,
        pytest.raises(ModelFailed, match="OPENAI_API_KEY is not set"),
    ):
        assistant.ask(QUESTION)


def test_money_is_counted_where_prices_are_set(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE), usage=(2000, 500)), price_in=1.0, price_out=4.0) as (assistant, _):
        assert assistant.ask(QUESTION).usage["cost"] == pytest.approx(0.004)


def test_evidence_keeps_to_its_budget(seeds: Any) -> None:
    with seeds(Reply(sentences(TRUE)), evidence_tokens=200) as (assistant, server):
        assistant.ask(QUESTION)
        sent = server.requests[-1]["messages"][1]["content"]
    assert sent.count("</passage") >= 1 and count_tokens(sent.rpartition("</passage")[0]) <= 200 + 20


def test_the_command_line_shows_the_prompt_and_sends_nothing(
    seed_store: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(Reply(sentences(TRUE))) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        store = ["--store", str(seed_store.store.path), "--model", "scripted"]
        shown = CliRunner().invoke(cli, ["ask", *store, "--show-prompt", QUESTION])
        assert shown.exit_code == 0 and QUOTE in shown.output and QUESTION in shown.output
        assert not server.requests
        told = CliRunner().invoke(cli, ["ask", *store, QUESTION])
        assert "answered by scripted" in told.output and "120 tokens" in told.output
        strict = CliRunner().invoke(cli, ["ask", *store, "--json", QUESTION])
        assert json.loads(strict.output)["answerer"] == "scripted"


def test_a_llama_index_model_writes_answers(seed_store: Assistant, tmp_path: Path) -> None:
    from llama_index.core.base.llms.types import CompletionResponse, CompletionResponseGen, LLMMetadata
    from llama_index.core.llms import CustomLLM

    class Typist(CustomLLM):
        line: str = f"QUOTE 1: {TRUE[1]}\nSENTENCE: {TRUE[0]}\n"

        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(model_name="typist")

        def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
            return CompletionResponse(text=self.line)

        def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponseGen:
            for place in range(0, len(self.line), 7):
                piece = self.line[place : place + 7]
                yield CompletionResponse(text=self.line[: place + 7], delta=piece)

    with Assistant.open(seed_store.store.path, settings=Settings(), llm=Typist()) as assistant:
        answer = assistant.ask(QUESTION)
    assert answer.text == TRUE[0] and answer.answerer == "typist"
    with Assistant.open(seed_store.store.path, settings=Settings(), llm=Typist(line="")) as assistant:
        assert assistant.ask(QUESTION).answerer == "extractive"


def test_our_retrieval_is_a_llama_index_retriever(seed_store: Assistant) -> None:
    from llama_index.core.schema import TextNode

    from assistant.model.llama_index import ArticleRetriever

    [first, *_] = ArticleRetriever(seed_store, top_k=3).retrieve(QUESTION)
    assert isinstance(first.node, TextNode)
    article = seed_store.article(first.node.metadata["article_id"])
    assert "spoke in July" in first.node.get_content()
    assert first.node.get_content() == article.text[first.node.start_char_idx : first.node.end_char_idx]


class Hesitant:
    """A close reader that is unsure of what "ceased", and sure of all else."""

    name = "hesitant"
    calibration = read_close_calibration()

    def judge(self, claim: str, evidence: Sequence[str]) -> list[Judgement]:
        """See ``CloseReader``."""
        return [Judgement(0.2, 0.1, 0.7) if "ceased" in claim else Judgement(0.9, 0.05, 0.05) for _ in evidence]

    def look(self, asked: Sequence[tuple[str, Shown]]) -> list[Look]:
        """See ``CloseReader``."""
        return LargeReader().look(asked)

    def tokens(self, text: str) -> int:
        """See ``CloseReader``."""
        return LargeReader().tokens(text)

    def load(self) -> None:
        """See ``CloseReader``."""


def judge_says(*verdicts: str) -> Any:
    """A server that writes two true sentences as one model, and gives verdicts on them as another."""
    given = list(verdicts)

    def reply(request: dict[str, Any]) -> Reply:
        if request["model"] == "scripted":
            mending = "to mend" in request["messages"][1]["content"]
            return Reply('{"sentences": []}' if mending else sentences(TRUE, CEASED))
        return Reply(given.pop(0)) if given else Reply(status=400)

    return reply


@pytest.mark.parametrize(
    ("verdict", "text", "judged"),
    [
        ("1: YES", f"{TRUE[0]} {CEASED[0]}", "supported"),
        ("<think>yes? yes</think>1. no", TRUE[0], None),
        ("NO.", TRUE[0], None),
    ],
)
def test_a_judge_is_asked_once_about_what_is_unsure(seeds: Any, verdict: str, text: str, judged: str | None) -> None:
    with seeds(judge_says(verdict), judge="referee") as (assistant, server):
        assistant.store.close_reader = Hesitant()
        answer = assistant.ask(QUESTION)
    assert answer.text == text
    assert [sentence.verdict for sentence in answer.sentences[1:]] == ([judged] if judged else [])
    dropped = [] if judged else [(CEASED[0], "referee finds that the quotes do not say this")]
    assert [(drop.text, drop.reason) for drop in answer.dropped] == dropped
    [asked] = [request for request in server.requests if request["model"] == "referee"]
    content = asked["messages"][1]["content"]
    assert CEASED[0] in content and TRUE[0] not in content
    assert "response_format" not in asked
    assert "support" in answer.prompts and answer.usage["calls"] == 2


def test_without_a_judge_the_model_itself_is_asked(seeds: Any) -> None:
    def reply(request: dict[str, Any]) -> Reply:
        asked = request["messages"][1]["content"]
        return Reply("1: YES" if "one a line" in asked else sentences(TRUE, CEASED))

    with seeds(reply) as (assistant, server):
        assistant.store.close_reader = Hesitant()
        answer = assistant.ask(QUESTION)
    assert [sentence.verdict for sentence in answer.sentences] == ["supported", "supported"]
    assert len(server.requests) == 2


@pytest.mark.parametrize("verdicts", [(), ("Perhaps.",)])
def test_what_cannot_be_judged_is_marked(seeds: Any, verdicts: tuple[str, ...]) -> None:
    with seeds(judge_says(*verdicts), judge="referee") as (assistant, _):
        assistant.store.close_reader = Hesitant()
        answer = assistant.ask(QUESTION)
    assert answer.text == f"{TRUE[0]} {CEASED[0]}"
    assert [sentence.verdict for sentence in answer.sentences] == ["supported", "unsure"]
    assert "not_judged" in codes(answer)


def test_a_mended_sentence_stands_in_the_place_of_the_faulty_one(seeds: Any) -> None:
    wrong = ("Macron and Putin last spoke in August.", TRUE[1])
    with seeds(Reply(sentences(wrong, CEASED)), Reply(sentences(TRUE))) as (assistant, _):
        answer = assistant.ask(QUESTION)
    assert answer.text == f"{TRUE[0]} {CEASED[0]}" and not answer.dropped
