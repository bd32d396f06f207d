"""The whole story as one HTML file: text, map, records and rules, with nothing beside it and nothing to fetch."""

import base64
from dataclasses import replace

from story.bundle import build_bundle
from story.citation import cite_story
from story.elements import as_json
from story.head import Mount, render_head
from story.leaves import anchor_verdicts, list_citations
from story.model import Story
from story.page import Inside, render, render_page, render_records, render_story
from story.prose import render_prose
from story.scene import build_scene
from story.styles import hash_source
from story.templates import ours
from story.wording import read_words


def write_single(story: Story, language: str = "en") -> tuple[bytes, str]:
    """The story's page with everything in it, and its version.

    Its policy names each script and style by its SHA-256 and lets nothing else run or load. What leads to pages of the
    published story is left out where the story has no address.
    """
    bundle = build_bundle(story, language, served=False, kinds=frozenset())
    ways = bundle.ways
    css, noscript = (bundle.files[path].decode() for path in (ways.css, ways.noscript))
    scripts = [bundle.files[path].decode() for path in (ways.leaflet, ways.reader, ways.map)]
    for path, content in bundle.files.items():
        if path.endswith(".webp"):
            scripts[-1] = scripts[-1].replace(f'"{path}"', f'"{_as_data("image/webp", content)}"')
    alone = replace(
        ways,
        stills={slug: _as_data("image/svg+xml", bundle.files[path]) for slug, path in ways.stills.items()},
        records="",
        offline="",
        policy=_policy(scripts, [css, noscript]),
    )
    first, mount = story.chapters[0], Mount(style=css, noscript=noscript, served=False)
    head = render_head(story, first, alone, language=language, mount=mount)
    body = render_story(
        story,
        build_scene(story),
        alone,
        language=language,
        base="",
        inside=_inside(story, language, bundle.version, scripts),
    )
    return render_page(head, body, language=language).encode(), bundle.version


def _inside(story: Story, language: str, version: str, scripts: list[str]) -> Inside:
    """The records, the rules, how to cite it, and the scripts."""
    records, words = render_records(story, language=language), read_words(language)
    rules = story.editorial.rules[language]
    html = render(
        "inside.html",
        records=ours("\n".join(records.values())),
        data=ours(as_json(records)),
        rules=rules,
        words=words,
        citations=list_citations(cite_story(story, version)),
        body=ours(anchor_verdicts(render_prose(rules.body), words, "rule-")),
    )
    return Inside(ours(html), tuple(map(ours, scripts)))


def _policy(scripts: list[str], styles: list[str]) -> str:
    """A Content-Security-Policy for a page that loads nothing, and runs what it was made with alone."""
    named = (" ".join(map(hash_source, texts)) for texts in (scripts, styles))
    return "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'".format(
        *named
    )


def _as_data(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
