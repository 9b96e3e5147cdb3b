"""A run as one HTML page that needs nothing else: figures, pictures, what is wrong, what flipped, the trend."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.reports import plots
from evals.reports.report import clean, how_often, said, way_of
from evals.runs.compare import HEAD, Change, compare_groups, flips
from evals.runs.summary import by_group, summarise

Json = Mapping[str, Any]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem .8rem .25rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(24rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; } figure img { max-width: 100%; background: #fff; border-radius: .4rem; padding: .4rem;
  box-sizing: border-box; } figcaption { font-size: .9rem; }
details { border: 1px solid var(--line); border-radius: .4rem; padding: .5rem .8rem; margin: .5rem 0; }
summary { cursor: pointer; } blockquote { margin: .4rem 0; padding: .2rem .8rem; background: var(--soft); }
dt { font-weight: 600; } dd { margin: 0 0 .5rem; } .worse { color: #b91c1c; font-weight: 600; }
@media (prefers-color-scheme: dark) { .worse { color: #fca5a5; } }
mark { background: #fde68a; color: #111; } .quiet { opacity: .8; font-size: .9rem; }
"""


def page(
    run: Json,
    *,
    before: Json | None = None,
    changes: Sequence[Change] = (),
    broken: Sequence[str] = (),
    history: Sequence[Json] = (),
) -> str:
    """A run as HTML, beside another if there is one, with the trend over earlier runs of its suite, oldest first."""
    title = f"{run['suite']}: {'worse' if broken else 'held' if before else 'run'}"
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="quiet">{escape(_circumstances(run))}</p>',
        *(f'<p class="worse">Worse: {escape(rule)}</p>' for rule in broken),
        "<h2>Figures</h2>",
        _table(("measure", "cases", "value"), [(one.name, one.cases, one.told) for one in summarise(run)]),
        "<h2>Pictures</h2>",
        f'<div class="pictures">{"".join(_pictures(run, history))}</div>',
    ]
    if before:
        rows = [one.told for one in (*changes, *compare_groups(before, run))]
        parts += ["<h2>Beside the baseline</h2>", _table(HEAD, rows), *_flipped(before, run)]
    wrong = [case for case in run["cases"] if case["measures"]["right"] < 1]
    parts += [f"<h2>Not right: {len(wrong)} of {len(run['cases'])}</h2>", *map(_case, wrong)]
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def escape(text: str) -> str:
    """A text as HTML, without what HTML may not hold."""
    return html.escape(clean(text))


def _circumstances(run: Json) -> str:
    told = [
        run["began"],
        f"answers by {run['answerer']}",
        f"version {run['assistant']} ({run['code']})",
        f"judge {run['judge']}" if run["judge"] else "",
        f"each case asked {run['repeats']} times" if run["repeats"] > 1 else "",
        f"Python {run['machine']['python']} on {run['machine']['system']}, {run['machine']['cores']} cores",
    ]
    return " · ".join(part for part in told if part)


def _table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _pictures(run: Json, history: Sequence[Json]) -> Iterator[str]:
    for field, name in (("type", "type"), ("tags", "tag")):
        if len(groups := by_group(run, field)) > 1:
            yield _figure(plots.groups_picture(groups), f"Right answers by {name}")
    sure = [case for case in run["cases"] if case["unanswerable"] is None]
    pairs = [
        (case["measures"]["right"], confidence)
        for case in sure
        if (confidence := case["measures"].get("confidence")) is not None
    ]
    if len(pairs) > 1:
        right, confidence = zip(*pairs, strict=True)
        yield _figure(plots.risk_coverage_picture(right, confidence), "Risk and coverage: wrong among the surest")
        yield _figure(plots.reliability_picture(right, confidence), "Reliability: is what is sure right?")
    if took := [case["timings_ms"]["total"] for case in run["cases"] if "total" in case["timings_ms"]]:
        yield _figure(plots.latency_picture(took), "Latency")
    if len(history) > 1:
        yield _figure(plots.trend_picture(history), f"The last {len(history)} runs")


def _figure(svg: str, caption: str) -> str:
    held = base64.b64encode(svg.encode()).decode()
    return (
        f'<figure><img alt="{escape(caption)}" src="data:image/svg+xml;base64,{held}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _flipped(before: Json, run: Json) -> Iterator[str]:
    pairs = flips(before, run)
    yield f"<p>{len(pairs)} answers flipped.</p>" if pairs else "<p>No answer flipped.</p>"
    for old, new in pairs:
        yield (
            f"<details><summary dir=auto>{way_of(old, new)}: "
            f"{escape(new['question'])}</summary><dl><dt>Before</dt><dd dir=auto>{escape(said(old))}</dd>"
            f"<dt>After</dt><dd dir=auto>{escape(said(new))}</dd></dl></details>"
        )


def _case(case: Json) -> str:
    """A case that is not right: what was expected, what was said, from which quotes."""
    expected = case["expected"] or f"a refusal: {case['unanswerable']}"
    answer = case["error"] or case["answer"]["answer"]
    told = [
        f"<dt>Expected</dt><dd dir=auto>{escape(expected)}</dd>",
        f"<dt>{'Error' if case['error'] else 'Answer'}</dt><dd dir=auto>{escape(answer)}</dd>",
    ]
    for citation in case["answer"]["citations"] if case["answer"] else ():
        where = f"{citation['title'] or citation['uri']}, {citation['published'] or 'undated'}"
        told.append(f"<dt>{citation['number']}. {escape(where)}</dt><dd dir=auto>{_quote(citation)}</dd>")
    if case["evidence"]:
        told.append("<dt>Evidence</dt>" + "".join(f"<dd dir=auto>{escape(quote)}</dd>" for quote in case["evidence"]))
    often = f" ({how_often(case)})" if case.get("flaky") else ""
    kinds = ", ".join([*([case["type"]] if case["type"] else []), *case["tags"]])
    return (
        f"<details><summary dir=auto>{escape(case['question'])}{often}"
        f' <span class="quiet">{escape(case["id"])}{escape(f" · {kinds}" if kinds else "")}</span></summary>'
        f"<dl>{''.join(told)}</dl></details>"
    )


def _quote(citation: Json) -> str:
    """A quote with the words marked that answer."""
    quote, mark = citation["quote"], citation.get("mark")
    if not mark:
        return f"<blockquote dir=auto>{escape(quote)}</blockquote>"
    begin, end = (place - citation["start"] for place in mark)
    before, marked, after = escape(quote[:begin]), escape(quote[begin:end]), escape(quote[end:])
    return f"<blockquote dir=auto>{before}<mark>{marked}</mark>{after}</blockquote>"
