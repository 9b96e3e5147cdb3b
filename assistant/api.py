"""The public Python API: a store of articles that can be asked.

>>> with Assistant.open("store") as a:  # doctest: +SKIP
...     a.ingest(["seeds"])
...     a.ask("When did Macron and Putin last speak?").text
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Unpack

from assistant.options import Asking, Chosen, Options, read_options
from assistant.types import Answer, Done, DraftReport, Event, VerifiedClaim
from index.errors import ArticleUnknown, DateInvalid, OutletUnknown, QuestionInvalid
from index.passage import Passage
from index.types import Article, IngestReport, Window

if TYPE_CHECKING:
    import threading

    from assistant.answering import Answering
    from assistant.model.openai import LanguageModel
    from assistant.question.follow_up import Turn
    from assistant.settings import Settings
    from assistant.timeline import Timeline
    from index.ingest.fill_vectors import Progress
    from index.ingest.removal import Removed
    from index.models.embedding import Embedder
    from index.models.large_reader import CloseReader
    from index.models.reader import Reader
    from index.sources.documents import Document
    from index.storage.history import Change
    from index.storage.source_memory import Remembered
    from index.storage.store import Store

_SOME = 20
"""So many outlets are named where one is unknown."""


class Assistant:
    """Asks, searches and fills one store; use it as a context manager, or close it. Safe to use from threads."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        model: LanguageModel | None = None,
        judge: LanguageModel | None = None,
        fast_model: LanguageModel | None = None,
    ) -> None:
        self.store = store
        self.settings = settings
        self.model = model
        """What writes the answers; None for sentences of the articles."""
        self.judge = judge
        """What is asked about unsure sentences of the model; None for the fast model, or the model itself."""
        self.redact: Callable[[str], str] | None = None
        """What is done to every text before a language model is sent it; set by ``open``."""
        self.fast_model = fast_model
        """What rewrites follow-ups and plans what to look up; None for the model itself."""

    @classmethod
    def open(
        cls,
        store: str | PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        llm: Any = None,
        embedder: Any = None,
        redact: Callable[[str], str] | None = None,
        reader: Reader | None = None,
        close_reader: CloseReader | None = None,
    ) -> Assistant:
        """Open the store in a folder, which is made by the first ``ingest``.

        Without ``settings`` they are read from ``assistant.toml`` and ``ASSISTANT_…``. ``llm`` is a LlamaIndex ``LLM``
        that writes the answers, in place of the setting ``model``; ``embedder`` a LlamaIndex ``BaseEmbedding``, in
        place of the setting ``embedder``. ``redact`` changes every text before a language model is sent it. ``reader``
        reads passages, ``close_reader`` the likeliest places and the claims, in place of those that come along. Raises
        SettingsInvalid; what is wrong with a store is said by its first use.
        """
        from assistant.settings import read_settings
        from index.storage.store import Store

        settings = settings or read_settings(store=store)
        path = Path(store or settings.store)
        chosen = choose_embedder(settings, embedder)
        opened = Store(path, settings.index, chosen, reader, close_reader)
        models = (
            choose_model(settings.model, settings, llm),
            choose_model(settings.judge, settings),
            choose_model(settings.fast_model, settings) if settings.model or llm else None,
        )
        assistant = cls(opened, settings, *(guarded(one, settings, path, redact) for one in models))
        assistant.redact = redact
        return assistant

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self.store.close()

    def ingest(
        self,
        paths: Sequence[str | PathLike[str] | Document],
        *,
        label: str | None = None,
        published: date | str | None = None,
        again: bool = False,
        hosts: Collection[str] = (),
        most_pages: int = 500,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Bring the store up to date with files, folders and addresses of the web; makes the store if need be.

        Documents of LlamaIndex's readers may be among them; their ``metadata`` may have the fields of a JSON line.

        ``published``, a date or an ISO 8601 year, month, day or moment, is for those articles that state none.
        What was removed with ``remove`` stays out (``left_out`` of the report) unless it is asked for ``again``.
        Of a feed or a sitemap its pages are fetched, ``most_pages`` at most, from its own host and from ``hosts``.

        The paths and addresses are remembered for ``sync``. A file or page that is as it was is not read.
        What cannot be read is in the report's ``failed``, each with its reason; all else is done.
        Raises DateInvalid, StoreLocked, StoreMismatch, StoreFull, StoreDamaged, ModelMissing.
        """
        from index.ingest.how import How
        from index.ingest.ingest import ingest
        from index.times.published import published_days

        if isinstance(paths, str | PathLike):
            paths = [paths]
        given = published.isoformat() if isinstance(published, date) else published
        if given is not None and not (isinstance(given, str) and published_days(given)):
            raise DateInvalid(f"the date of publication is {given!r}; it may be 2026, 2026-02, 2026-02-10 or a moment")
        how = How(label, given, again, hosts=tuple(hosts), most_pages=most_pages, **self._fetching())
        places = [fspath(one) for one in paths if isinstance(one, str | PathLike)]
        documents = [one for one in paths if not isinstance(one, str | PathLike)]
        return ingest(self.store, places, how, documents=documents, progress=progress)

    def sync(
        self,
        *,
        dry_run: bool = False,
        keep: bool = False,
        most_pages: int = 500,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Look again at everything that was ingested: what is new, changed or gone there is so in the store.

        With ``dry_run`` nothing is changed, and the report says what would be. With ``keep`` nothing is removed.
        Raises NothingRemembered, and what ``ingest`` raises.
        """
        from index.ingest.how import How
        from index.ingest.sync import sync

        how = How(keep=keep, dry=dry_run, most_pages=most_pages, **self._fetching())
        return sync(self.store, how, progress=progress)

    def _fetching(self) -> dict[str, Any]:
        return {"allow_private": self.settings.private_addresses, "pause": self.settings.fetch_pause}

    def sources(self) -> list[Remembered]:
        """The paths and addresses that ``sync`` looks at; raises StoreMissing."""
        from index.storage.source_memory import remembered

        return remembered(self.store.catalog)

    def forget(self, places: Sequence[str]) -> None:
        """Look at these paths and addresses no more; their articles stay. Raises SourceUnknown, StoreLocked."""
        from index.ingest.sync import forget

        forget(self.store, places)

    def dismiss(self, addresses: Sequence[str]) -> None:
        """Pass over these files and pages, ``news/broken.pdf``, until an ingest ``again``. Raises StoreLocked."""
        from index.ingest.sync import dismiss

        dismiss(self.store, addresses)

    def rebuild(self, *, progress: Progress | None = None) -> int:
        """Cut, index and embed every article anew with the settings of now; returns how many chunks were embedded.

        Raises StoreMissing, StoreLocked, StoreFull, StoreDamaged, ModelMissing.
        """
        from index.ingest.rebuild import rebuild

        return rebuild(self.store, progress=progress)

    def ask(self, question: str, **options: Unpack[Options]) -> Answer:
        """Answer a question from the articles, every sentence with its quotes, or refuse.

        With a model (``ASSISTANT_MODEL``, or ``llm`` of ``open``) it writes the sentences; else they are the articles'.
        ``options``, see ``Options``: ``fast`` leaves out the readers; ``now`` is the day it is asked on; of what was
        published after ``as_of``, or not in the days ``published=(from, to)``, nothing counts, word statistics aside.
        Raises DateInvalid, QuestionInvalid, StoreMissing, StoreMismatch, StoreDamaged, ModelMissing; ModelFailed only
        if ``strict``.
        """
        return self._last(self.stream(question, **options))

    def chat(self, question: str, *, history: Sequence[Turn], **options: Unpack[Options]) -> Answer:
        """Answer a question that may lean on those before: "Why did he resign?"

        ``history`` has the turns before, each the question (as ``understood``, where it was) and the answer's text.
        What the question was taken for is in ``Answer.understood``. Raises what ``ask`` raises.
        """
        return self._last(self.stream(question, history=history, **options))

    def stream(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
        **options: Unpack[Options],
    ) -> Generator[Event, None, None]:
        """The same as ``ask`` and ``chat``, event by event: the passages, each verified sentence, at last the answer.

        Closing the iterator cancels, and closes the connection to a model; so does setting ``stop``, from another
        thread, while one waits for the next event. Raises what ``ask`` raises; CancelledError (of
        ``concurrent.futures``) after ``stop``.
        """
        with closing(self._answering(question, options, history, stop).events()) as events:
            yield from events

    def preview(self, question: str, **options: Unpack[Options]) -> list[dict[str, str]]:
        """The messages that a model would be sent for a question; it is asked nothing. Raises what ``ask`` raises.

        What a model would plan to look up beside is not among the passages.
        Where a server embeds (the setting ``embedder``), that one still gets the question, to find the passages.
        """
        answering = self._answering(question, options)
        messages = answering.prompt()
        redact = self.redact or (lambda text: text)
        return [{**message, "content": redact(message["content"])} for message in messages]

    def _answering(
        self,
        question: str,
        options: Options,
        history: Sequence[Turn] = (),
        stop: threading.Event | None = None,
    ) -> Answering:
        from assistant.answering import Answering

        asking, question = self._read(question, options)
        return Answering(
            self.store,
            self.settings,
            self.model,
            question,
            asking,
            judge=self.judge,
            fast_model=self.fast_model,
            history=history,
            stop=stop,
        )

    @staticmethod
    def _last(events: Iterable[Event]) -> Answer:
        *_, last = events
        assert isinstance(last, Done)
        return last.answer

    def search(self, question: str, *, top_k: int | None = None, **options: Unpack[Options]) -> list[Passage]:
        """The passages most likely to answer a question, best first, without an answer.

        ``options`` are those of ``ask``; ``fast`` ranks the passages without the reader. Raises what ``ask`` raises.
        """
        from assistant.evidence.as_of import without_later_notes
        from index.search.query import plan_query
        from index.search.retrieve import retrieve

        asking, question = self._read(question, options)
        query = plan_query(self.store, question, asking.now, asking.window)
        top_k = top_k or self.settings.top_k
        found = retrieve(self.store, query, top_k=top_k, fast=asking.fast)
        return without_later_notes(query, found)[:top_k]

    def verify(self, claim: str, *, quotes: Sequence[str] | None = None, **options: Unpack[Options]) -> VerifiedClaim:
        """Whether quotes bear out a claim: supported, unsure, unsupported or contradicted, with a score and a reason.

        Without ``quotes`` the claim is read beside the sentences that the articles have nearest to it. A quote that
        stands in an article comes with that article's title and date. ``options`` are those of ``ask``, ``fast``
        aside. Raises what ``ask`` raises.

        >>> with Assistant.open("archive") as a:  # doctest: +SKIP
        ...     a.verify("Macron and Putin spoke in July 2025.").verdict
        'supported'
        """
        from assistant.verification.archive import verify_in_archive

        asking, claim = self._read(claim, options)
        return verify_in_archive(self.store, claim, quotes, asking)

    def check(self, text: str, *, progress: Progress | None = None, **options: Unpack[Options]) -> DraftReport:
        """Check a draft sentence by sentence: supported by the articles, contradicted, or not found, with quotes.

        A check that was interrupted goes on where it stopped when the same text is given again. ``progress`` is told
        how many sentences are done, and of how many. ``options`` are those of ``ask``, ``fast`` aside. Raises
        QuestionInvalid for a text without a sentence, and what ``ask`` raises.

        >>> with Assistant.open("archive") as a:  # doctest: +SKIP
        ...     [one.verdict for one in a.check("Macron called Putin in July 2025. They met in Oslo.").sentences]
        ['supported', 'not found']
        """
        from assistant.verification.resumed import check_draft

        asking, _ = self._read("draft", options)
        return check_draft(self.store, text, asking, progress)

    def timeline(self, subject: str, *, most: int = 30, **options: Unpack[Options]) -> Timeline:
        """The dated events that the articles report of a subject, in order, each with its quote; undated ones apart.

        ``options`` are those of ``ask``, ``fast`` aside. Raises what ``ask`` raises.
        """
        from assistant.timeline import find_timeline

        asking, subject = self._read(subject, options)
        return find_timeline(self.store, subject, asking.now, asking.window, most=most)

    def articles(self, **choice: Unpack[Chosen]) -> Iterator[Article]:
        """All articles, or those of a choice, in the order of their addresses.

        Raises StoreMissing; DateInvalid, OutletUnknown for what cannot be chosen.
        """
        from index.analysis.terms import terms

        outlets, published = choice.get("outlets") or (), choice.get("published")
        window = read_options({"published": published, "outlets": outlets}, fast=True).window
        self._check_outlets(window)
        if (words := choice.get("words")) is not None:
            asked = terms(words)
            found = frozenset(self.store.catalog.articles_with(asked, window) if asked else ())
            if not found:
                return iter(())
            window = replace(window or Window(), articles=found)
        return self.store.catalog.articles(window, language=choice.get("language"), source=choice.get("source"))

    def history(self, article_id: str) -> list[Change]:
        """How an article was changed, the oldest change first: what went and what came. Raises ArticleUnknown."""
        from index.storage.history import changes

        return changes(self.store.catalog, self.article(article_id))

    def export(self, file: str | PathLike[str], **choice: Unpack[Chosen]) -> int:
        """Write articles as JSON Lines, which ``ingest`` reads again; how many they are. Raises what ``articles`` does.

        The file is there wholly or not at all.
        """
        from assistant.export import write_json_lines

        return write_json_lines(self.articles(**choice), Path(file))

    def article(self, article_id: str) -> Article:
        """One article; raises ArticleUnknown, StoreMissing."""
        found = self.store.catalog.article(article_id) if article_id.isprintable() else None
        if found is None:
            raise ArticleUnknown(f"there is no article {article_id!r}. See: assistant articles list")
        return found[0]

    def remove(self, ids: Sequence[str]) -> list[Removed]:
        """Remove articles from the store; their files stay, and ``ingest`` leaves them out from now on.

        What is given back can be put back with ``restore``.

        Raises ArticleUnknown before anything is removed; StoreLocked, StoreMissing.
        """
        from index.ingest.removal import remove

        for article_id in ids:
            self.article(article_id)
        return remove(self.store, ids)

    def restore(self, removed: Sequence[Removed]) -> int:
        """Put back what ``remove`` gave back, but what is there again; returns how many articles were.

        Raises StoreLocked, StoreMissing.
        """
        from index.ingest.removal import restore

        return restore(self.store, removed)

    def status(self) -> dict[str, Any]:
        """What is in the store: counts, folders, languages, and the settings that built it; raises StoreMissing."""
        catalog = self.store.catalog
        built_with = {name: value for name, value in catalog.meta().items() if name != "generation"}
        return {
            "store": str(self.store.path),
            **catalog.counts(),
            "roots": {label: str(path) for label, path in catalog.roots().items()},
            "languages": {language or "unknown": count for language, count in catalog.languages().items()},
            "generation": catalog.generation(),
            "built_with": built_with,
            "answerer": self.model.name if self.model else "extractive",
        }

    def outlets(self) -> dict[str, int]:
        """How many articles each outlet has, the most first; raises StoreMissing."""
        return self.store.catalog.outlets()

    def _read(self, question: str, options: Options) -> tuple[Asking, str]:
        """How a question is asked, and the question itself, once both were checked."""
        asking, question = read_options(options, fast=self.settings.fast), self._check_question(question)
        if asking.window:
            for article_id in sorted(asking.window.articles):
                self.article(article_id)
            self._check_outlets(asking.window)
        return asking, question

    def _check_outlets(self, window: Window | None) -> None:
        """Raise OutletUnknown for an outlet that no article is of."""
        known = self.outlets() if window and window.outlets else {}
        if unknown := sorted((window.outlets if window else frozenset()) - known.keys()):
            there = ", ".join(list(known)[:_SOME]) or "none"
            raise OutletUnknown(f"no article is from the outlet {unknown[0]!r}; this store has: {there}")

    def _check_question(self, question: str) -> str:
        question = question.strip()
        if not question:
            raise QuestionInvalid("the question is empty; ask something like: When did Macron and Putin last speak?")
        if any("\ud800" <= character <= "\udfff" for character in question):
            raise QuestionInvalid("the question has bytes that are not UTF-8")
        if len(question) > (limit := self.settings.max_question_characters):
            raise QuestionInvalid(
                f"the question has {len(question):,} characters; {limit:,} at most (ASSISTANT_MAX_QUESTION_CHARACTERS)"
            )
        self.store.check_settings()
        return question


def choose_model(name: str | None, settings: Settings, llm: Any = None) -> LanguageModel | None:
    """A LlamaIndex model that was handed in, else the one of a name at OPENAI_BASE_URL, else none."""
    if llm is not None:
        from assistant.model.llama_index import LlamaIndexModel

        return LlamaIndexModel(llm)
    if name:
        from assistant.model.openai import OpenAIModel

        return OpenAIModel(name, settings)
    return None


def guarded(
    model: LanguageModel | None, settings: Settings, store: Path, redact: Callable[[str], str] | None
) -> LanguageModel | None:
    """A model whose calls keep to the budget, are redacted and kept with the answer; None for none."""
    if model is None:
        return None
    from assistant.model.guarded import Guarded
    from assistant.user_data import Kept

    return Guarded(model, settings, Kept(store), redact)


def choose_embedder(settings: Settings, embedder: Any = None) -> Embedder | None:
    """What embeds: a LlamaIndex embedding that was handed in, else the one in the settings, else the house's own."""
    if embedder is not None:
        from assistant.model.llama_index import LlamaIndexEmbedder

        return LlamaIndexEmbedder(embedder)
    if settings.embedder == "multilingual":
        from index.models.multilingual import MultilingualE5

        return MultilingualE5()
    if settings.embedder:
        from assistant.model.openai import OpenAIEmbedder

        return OpenAIEmbedder(settings)
    return None
