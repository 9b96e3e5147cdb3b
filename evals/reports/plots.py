"""The pictures of a report, as SVG: the same run gives the same picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from evals.measures.metrics import reliability, share_interval
from evals.reports.report import clean
from evals.runs.summary import Figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Json = Mapping[str, Any]

_BLUE, _ORANGE, _GREY = "#2563eb", "#c2570c", "#6b7280"
_WIDTH = 6.4
_LONGEST = 32
_STYLE: Any = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "article-assistant",
    "font.family": ["sans-serif"],
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def groups_picture(figures: Sequence[Figure]) -> str:
    """The share of right answers of each group, with its interval."""

    def draw(axes: Axes) -> None:
        values = [figure.value for figure in figures]
        bounds = np.array(
            [[figure.value - (figure.low or 0), (figure.high or 0) - figure.value] for figure in figures]
        ).clip(0)
        places = range(len(figures))
        axes.errorbar(values, places, xerr=bounds.T, fmt="o", color=_BLUE, ecolor=_GREY, capsize=3)
        axes.set_yticks(places, [f"{_label(figure.name)} ({figure.cases})" for figure in figures])
        axes.set_xlim(0, 1.02)
        axes.set_ylim(len(figures) - 0.5, -0.5)
        axes.grid(axis="x", alpha=0.3)
        axes.set_xlabel("right answers, with 95% intervals")

    return _svg(draw, height=0.9 + 0.36 * len(figures))


def _label(name: str) -> str:
    """A name that leaves room for the picture, and that SVG may hold."""
    plain = clean(name).replace("\n", " ")
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def risk_coverage_picture(right: Sequence[float], confidence: Sequence[float]) -> str:
    """How many answers are wrong if only the surest share of the questions is answered."""

    def draw(axes: Axes) -> None:
        order = np.lexsort((np.asarray(right), -np.asarray(confidence, dtype=float)))
        wrong = 1 - np.asarray(right, dtype=float)[order]
        answered = np.arange(1, len(wrong) + 1)
        axes.plot(answered / len(wrong), np.cumsum(wrong) / answered, color=_BLUE)
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="share answered, the surest first", ylabel="wrong among them")

    return _svg(draw)


def reliability_picture(right: Sequence[float], confidence: Sequence[float]) -> str:
    """The share of right answers among those of about the same confidence."""

    def draw(axes: Axes) -> None:
        rows = reliability(right, confidence)
        sizes = [20 + 180 * count / len(right) for count, _, _ in rows]
        axes.plot([0, 1], [0, 1], color=_GREY, linestyle="--", linewidth=1)
        axes.scatter([row[1] for row in rows], [row[2] for row in rows], s=sizes, color=_BLUE, alpha=0.8)
        axes.set(xlim=(0, 1), ylim=(0, 1.02), xlabel="confidence", ylabel="right among them")

    return _svg(draw)


def latency_picture(milliseconds: Sequence[float]) -> str:
    """How long answers took."""

    def draw(axes: Axes) -> None:
        axes.hist(milliseconds, bins=min(30, max(5, len(milliseconds) // 4)), color=_BLUE)
        for share, line in ((50, "-"), (95, "--")):
            at = float(np.percentile(milliseconds, share))
            axes.axvline(at, color=_ORANGE, linestyle=line, label=f"p{share}: {at:,.0f} ms")
        axes.legend(frameon=False)
        axes.set(xlabel="milliseconds", ylabel="answers")
        axes.set_xlim(left=0)

    return _svg(draw)


def trend_picture(runs: Sequence[Json]) -> str:
    """The share of right answers of runs of one suite, oldest first, with intervals."""

    def draw(axes: Axes) -> None:
        means = np.array([share_interval([case["measures"]["right"] for case in run["cases"]]) for run in runs])
        places = np.arange(len(runs))
        axes.fill_between(places, means[:, 1], means[:, 2], color=_BLUE, alpha=0.15, linewidth=0)
        axes.plot(places, means[:, 0], color=_BLUE, marker="o")
        shown = places[:: max(1, len(places) // 8)]
        axes.set_xticks(shown, [str(runs[place]["began"])[:16].replace("T", "\n") for place in shown])
        axes.set_ylim(0, 1.02)
        axes.set_ylabel("right answers")

    return _svg(draw)


def _svg(draw: Callable[[Axes], None], height: float = 3.2) -> str:
    """What is drawn, as an SVG document without a date."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure as Canvas

    with rc_context(_STYLE):
        canvas = Canvas(figsize=(_WIDTH, height), layout="constrained")
        draw(canvas.subplots())
        written = io.StringIO()
        canvas.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()
