"""Requests that nobody sends with good intent: paths that climb, queries that are huge, broken or repeated."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.story.markup import HOSTILE

paths = st.one_of(
    st.sampled_from(
        ["/", "//", "/../story.json", "/..%2f..%2fetc/passwd", "/assets/", "/assets/../records.html", "/%00", "/.",
         "/~", "/story.json/", "/STORY.JSON", "\\story.json", "/records.html\x00", "/__class__", "//evil.example/"]
    ),
    st.text(max_size=60).map(lambda rest: "/" + rest),
    st.lists(st.sampled_from(["..", ".", "assets", "stills", "records.html", "%2e%2e", ""]), max_size=9).map(
        lambda parts: "/" + "/".join(parts)
    ),
)  # fmt: skip
# What an address may name, and what it may not.
names = st.sampled_from(
    ["chapter", "chapters", "claim", "layout", "theme", "accent", "lang", "borders", "header", "interaction", "height",
     "url", "format", "maxwidth", "maxheight", "callback", "next", "q", "__proto__", "chapter[]"]
)  # fmt: skip
queries = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [b"chapter=", b"chapter=a&chapter=b", b"chapter=%ff%fe", b"chapter=%00", b"&&&=", b"chapter=" + b"x" * 60_000,
         b"chapter=../../etc/passwd", b"chapter=the-lamp&chapter=<script>", b";chapter=x", b"chapter[]=1"]
    ),
    st.sampled_from(HOSTILE).map(lambda words: b"chapter=" + words.encode()),
    st.builds(lambda name, words: f"{name}={words}&{name}={words}".encode(), names, st.sampled_from(HOSTILE)),
)  # fmt: skip
