"""The bench's own sums."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.bench.bench import Row, render_table
from tests.bench.memory import resident_mb
from tests.bench.mixed import Traffic
from tests.bench.sessions import Flat
from tests.bench.view import _busy_ms
from tests.bench.wrk import Load, read_load


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


TOLD = """Running 8s test @ http://127.0.0.1:1/
  Latency Distribution
     50%    3.10ms
     99%  {slow}
  100 requests in 8.00s, 1.00MB read
{more}Requests/sec:   2718.28
"""


@pytest.mark.parametrize(("slow", "slow_ms"), [("850.00us", 0.85), ("12.50ms", 12.5), ("1.02s", 1020)])
def test_what_wrk_tells_is_read_in_any_unit(slow: str, slow_ms: float) -> None:
    assert read_load(TOLD.format(slow=slow, more="")) == Load(per_second=2718.28, slow_ms=slow_ms, errors=0)


def test_every_kind_of_failure_counts() -> None:
    more = "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 5\n"
    assert read_load(TOLD.format(slow="1.00ms", more=more)).errors == 15


def test_a_load_without_a_rate_is_none() -> None:
    with pytest.raises(ValueError, match="told no rate"):
        read_load("unable to connect to 127.0.0.1:1 Connection refused")


def test_nested_scripts_count_once_and_only_between_the_marks() -> None:
    spans = [(0.0, 2000.0), (3000.0, 6000.0), (4000.0, 5000.0), (8000.0, 20000.0)]
    assert _busy_ms(spans, 1000.0, 9000.0) == 5.0


def test_mixed_traffic_tells_percentiles_in_milliseconds_and_nothing_of_nothing() -> None:
    traffic = Traffic(taken_s={"/embed/": [number / 1000 for number in range(1, 102)], "one": [1.0]})
    assert traffic.p("/embed/", 50) == pytest.approx(51)
    assert traffic.p("/embed/", 99) == pytest.approx(100)
    assert (traffic.p("one", 50), traffic.p("none", 50)) == (0, 0)
    assert traffic.answers == 102


def test_growth_is_a_share_of_what_there_was() -> None:
    assert Flat(before_mb=200, after_mb=210, lost=0).grown == pytest.approx(0.05)


def test_the_memory_of_a_process_counts_with_and_without_what_it_started() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE):
        assert resident_mb(os.getpid()) > resident_mb(os.getpid(), children=False) > 0
    with pytest.raises(RuntimeError, match="still running"):
        resident_mb(2**22 + 1)
