"""Understanding questions: how long it takes, and how often it is right."""

import json
import tracemalloc
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from bot.ask import judge
from bot.library import read_index
from dialogs.faq.finding import HalfSure, Sure
from dialogs.faq.index import Index
from tests.bench.table import Goal, Row, show
from tests.bench.targets import SETS, questions

_FOREIGN = "out_of_scope"
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Accuracy:
    """Shares in percent."""

    named: float
    wrong: float
    outright: float
    foreign: float


def matching() -> None:
    """Measure, and print."""
    began = perf_counter()
    index = read_index()
    built = perf_counter() - began
    texts = [one["text"] for name in SETS for one in questions(name)]
    for text in texts:
        index.find(text, "ru")
    spent = []
    for text in texts * 3:
        began = perf_counter()
        index.find(text, "ru")
        spent.append((perf_counter() - began) * 1e6)
    show(
        "Understanding: time",
        ["", "µs p50", "µs p99"],
        ["build s", "ms p50"],
        [
            Row(
                f"{len(texts)} questions",
                [f"{median(spent):.0f}", f"{quantiles(spent, n=100)[98]:.0f}"],
                [Goal(built, 2.0), Goal(median(spent) / 1e3, 3.0)],
            )
        ],
    )
    print(f"  memory of the index: {_mebibytes():.1f} MiB")  # noqa: T201
    _report_accuracy(index)
    _report_curve(index)


def _mebibytes() -> float:
    tracemalloc.start()
    kept = read_index()
    size = tracemalloc.get_traced_memory()[0] / 2**20
    tracemalloc.stop()
    del kept
    return size


def accuracy(index: Index, name: str) -> Accuracy:
    """Judge a set of questions as its reader would: `python -m bot ask` speaks."""
    rows = questions(name)
    ours = [row for row in rows if row["intent"] != _FOREIGN]
    named = wrong = outright = foreign = 0
    for row in rows:
        told = json.loads(judge(index, row["text"], row["lang"]))
        right = {row["intent"], *filter(None, (row["also"] or "").replace(",", " ").split())}
        if row["intent"] == _FOREIGN:
            foreign += told["answer"] is not None
            continue
        outright += told["answer"] is not None
        named += bool(right & {told["answer"], *told["suggestions"]})
        wrong += told["answer"] is not None and told["answer"] not in right
    strange = len(rows) - len(ours)
    return Accuracy(
        named=100 * named / len(ours),
        wrong=100 * wrong / len(ours),
        outright=100 * outright / len(ours),
        foreign=100 * foreign / strange,
    )


def _report_accuracy(index: Index) -> None:
    rows = []
    for name in SETS:
        found = accuracy(index, name)
        rows.append(
            Row(
                f"questions.{name}.tsv ({len(questions(name))})",
                [f"{found.outright:.1f}"],
                [
                    Goal(found.named, 95.0, least=True, form=".1f"),
                    Goal(found.wrong, 3.0, form=".1f"),
                    Goal(found.foreign, 5.0, form=".1f"),
                ],
            )
        )
    show(
        "Understanding: % of questions",
        ["", "answered outright"],
        ["right topic named", "outright and wrong", "not ours, outright"],
        rows,
    )


def _report_curve(index: Index) -> None:
    """Show what other thresholds of certainty would do on all sets together."""
    judged = []
    for name in SETS:
        for row in questions(name):
            found = index.find(row["text"], row["lang"])
            right = {row["intent"], *filter(None, (row["also"] or "").replace(",", " ").split())}
            match found:
                case Sure(topic=topic, score=score) | HalfSure(topics=(topic, *_), score=score):
                    hit = topic.partition(".")[0] in right
                    judged.append((score, row["intent"] == _FOREIGN, hit))
                case _:
                    judged.append((0.0, row["intent"] == _FOREIGN, False))
    ours = sum(not foreign for _, foreign, _ in judged)
    strange = len(judged) - ours
    rows = []
    for threshold in _THRESHOLDS:
        sure = [(foreign, hit) for score, foreign, hit in judged if score >= threshold]
        outright = sum(not foreign for foreign, _ in sure)
        wrong = sum(not foreign and not hit for foreign, hit in sure)
        foreign = sum(foreign for foreign, _ in sure)
        shares = (outright / ours, wrong / ours, foreign / strange)
        rows.append(Row(f"{threshold:.2f}", [f"{100 * share:.1f}" for share in shares]))
    show(
        "Understanding: % answered outright if this much certainty were asked for",
        ["certainty", "outright", "of them wrong", "not ours"],
        [],
        rows,
    )
