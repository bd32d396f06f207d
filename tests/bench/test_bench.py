"""The bench's own sums."""

from __future__ import annotations

from tests.bench.bench import Row, render_table
from tests.bench.view import _busy_ms


def test_a_ceiling_and_a_floor_are_judged_each_in_its_way() -> None:
    slow = Row(what="paint", measured=1500, budget=1200, unit="ms")
    many = Row(what="rate", measured=2000, budget=1500, unit="requests/s", most=False)
    assert not slow.kept
    assert slow.share == 1.25
    assert many.kept


def test_a_budget_of_nothing_is_kept_only_by_nothing() -> None:
    assert Row(what="errors", measured=0, budget=0, unit="").kept
    assert not Row(what="errors", measured=1, budget=0, unit="").kept


def test_the_table_names_what_is_over() -> None:
    table = render_table([Row(what="paint", measured=1500, budget=1200, unit="ms")])
    assert "| paint | ≤ 1,200 ms | 1,500.0 ms | 125% | OVER |" in table


def test_nested_scripts_count_once_and_only_between_the_marks() -> None:
    spans = [(0.0, 2000.0), (3000.0, 6000.0), (4000.0, 5000.0), (8000.0, 20000.0)]
    assert _busy_ms(spans, 1000.0, 9000.0) == 5.0
