"""The free map in words and signs: its legend with sources and licences, its list of records, one record whole."""

from typing import Any

from geodata.catalogue import read_catalogue
from story.atlas_layers import all_layers, list_themes
from story.elements import as_json
from story.gazette import say_place
from story.legend import all_signs, layer_entries
from story.model import Layer, Story
from story.notes import SIGNS
from story.outlook import slug
from story.query import Record
from story.templates import TEMPLATES
from story.wording import say_date, say_fact

LICENCES = {"LicenseRef-public-domain": "public domain", "LGPL-3.0-or-later": "LGPL 3", "ODbL-1.0": "ODbL 1.0"}


def render_legend(story: Story, words: dict[str, Any]) -> str:
    """The viewpoints on borders, every layer under its heading with a switch, and how sure the marks are, as HTML."""
    layers = all_layers(story)
    themes = [
        {
            "id": slug(theme.title),
            "title": theme.title,
            "layers": [
                {"id": id_, "entries": layer_entries(layers[id_], story), "credit": say_credit(layers[id_], words)}
                for id_ in theme.layers
            ],
        }
        for theme in list_themes(story)
    ]
    views = [{"view": view, "facts": [story.facts[fact] for fact in view.facts]} for view in story.viewpoints]
    return TEMPLATES.get_template("atlas-legend.html").render(
        themes=themes, views=views, signs=all_signs(words), words=words
    )


def render_signs(words: dict[str, Any]) -> str:
    """How sure the marks are, in signs and words, as HTML."""
    return TEMPLATES.get_template("atlas-signs.html").render(signs=all_signs(words), words=words)


def say_credit(layer: Layer, words: dict[str, Any]) -> str:
    """Whose data a layer shows and under which licence; of layers made of records, that their sources stand there."""
    datasets = getattr(layer, "datasets", ()) or ((layer.dataset,) if hasattr(layer, "dataset") else ())
    catalogue = read_catalogue()
    said = [f"{catalogue[each].credit} ({say_licence(catalogue[each].licence)})" for each in datasets]
    return f"{words['explore']['data']} " + ("; ".join(dict.fromkeys(said)) or words["explore"]["from_records"])


def say_licence(licence: str) -> str:
    """A licence's usual name."""
    return LICENCES.get(licence, licence.replace("-", " "))


def list_rows(records: tuple[Record, ...], groups: dict[str, str], words: dict[str, Any]) -> str:
    """A row for each record, as JSON: id, first month, when, title, where, whose act."""
    rows = [
        [
            record.fact.id,
            record.span[0] if record.span else "",
            say_date(record.fact, words),
            record.fact.title,
            record.fact.place or "",
            ", ".join(groups[layer] for layer in record.layers if layer in groups),
        ]
        for record in records
    ]
    return as_json({"rows": rows, "words": {key: words["explore"][key] for key in ("when", "record", "where", "who")}})


def render_record(record: Record, story: Story, language: str, words: dict[str, Any], base: str) -> str:
    """One record whole, with the claims and chapters that rest on it, as HTML; `base` is the way to the story."""
    titles = {chapter.slug: chapter.texts[language].title for chapter in story.chapters}
    claims = [
        {
            "id": claim.id,
            "statement": claim.statement,
            "verdict": claim.verdict,
            "verdict_words": words["verdicts"][claim.verdict],
            "sign": SIGNS[claim.verdict],
            "chapter": claim.chapter,
            "chapter_title": titles[claim.chapter],
        }
        for claim in record.claims
    ]
    fact = say_fact(record.fact, words)
    template = TEMPLATES.get_template("atlas-record.html")
    place = say_place(record.fact.id, words)
    return template.render(fact=fact, place=place, claims=claims, words=words, base=base)
