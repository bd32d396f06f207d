"""Packing: nothing is lost, and nothing is packed in a way that was not offered."""

from __future__ import annotations

import gzip

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from story.packing import best_encoding, pack

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


@given(st.binary(max_size=4000), st.sampled_from(["br", "gzip"]))
def test_packing_loses_nothing_and_is_the_same_every_time(content: bytes, encoding: str) -> None:
    packed = pack(content, encoding)
    assert UNPACK[encoding](packed) == content
    assert pack(content, encoding) == packed


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.5, gzip;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0, gzip;q=0.1", "gzip"),
        ("br;q=0.0, gzip", "gzip"),
        ("br;q=0.000", ""),
        ("br;q=0.01", "br"),
        ("identity", ""),
        ("zstd, brotli, gzipped", ""),
    ],
)
def test_the_best_encoding_is_one_that_the_client_takes(accepted: str, best: str) -> None:
    assert best_encoding(accepted) == best


@given(st.text(st.characters(max_codepoint=255), max_size=60))
def test_any_header_gives_one_of_three_answers(accepted: str) -> None:
    assert best_encoding(accepted) in UNPACK


@given(st.lists(st.sampled_from(["br", "gzip", "deflate", "zstd", "*", "identity"]), unique=True))
def test_nothing_is_packed_in_a_way_that_was_not_offered(offers: list[str]) -> None:
    best = best_encoding(", ".join(offers))
    assert best == ("br" if "br" in offers else "gzip" if "gzip" in offers else "")
