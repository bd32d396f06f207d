"""What papers and slides say of each chapter: taken from the story once, for all of them."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from story.drawn import Drawn
from story.legend import Key, certainty_keys, layer_keys
from story.lesson import ChapterLesson, OrderPrediction, PlacePrediction
from story.model import Chapter, Story
from story.notes import say_claim, say_tally
from story.prose import render_prose, split_at
from story.teaching import Answer, Said, answer, fill, notes_of
from story.templates import ours
from story.wording import read_words

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A prediction in words: the question, what there is to choose from or to put in order, and its answer.

    `right` says the answer in short: a place, the items in order with their dates, or every counter's figure.
    """

    kind: str
    question: str
    options: tuple[str, ...]
    right: tuple[str, ...]
    reveal: str
    record: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, slots=True)
class ChapterSheet:
    """One chapter as paper and slides have it.

    `body` is HTML with its claims numbered, `claims` as story.notes has them, `keys` the legend with how sure marks
    are; `omissions` what the essay leaves out and `tally` the count of verdicts, on the last chapter alone. `say`,
    `beware`, `objections`, `questions` and `asked` are empty where the story has no lesson.
    """

    slug: str
    number: int
    kicker: str
    title: str
    standfirst: str
    body: Markup
    claims: tuple[dict[str, Any], ...]
    keys: tuple[Key, ...]
    callouts: tuple[str, ...]
    omissions: tuple[str, ...] = ()
    tally: tuple[dict[str, Any], ...] = ()
    say: tuple[Said, ...] = ()
    beware: tuple[Said, ...] = ()
    objections: tuple[tuple[str, Said], ...] = ()
    questions: tuple[str, ...] = ()
    asked: Asked | None = None


def make_sheet(story: Story, chapter: Chapter, scene: dict[str, Drawn], language: str) -> ChapterSheet:
    """Everything that paper and slides say of one chapter."""
    words, text = read_words(language), chapter.texts[language]
    numbered = [(number, claim) for number, claim in enumerate(story.claims, 1) if claim.chapter == chapter.slug]
    body = render_prose(text.body)
    for number, claim in numbered:
        if parts := split_at(claim.anchor, body):
            body = f'{parts[0]}<span class="claimed">{parts[1]}</span><sup>{number}</sup>{parts[2]}'
    keys = [*layer_keys(story, chapter, scene), *certainty_keys(story, chapter, scene, words["certainty"])]
    taught: dict[str, Any] = {}
    if language in story.lessons:
        lesson = story.lessons[language].chapters[chapter.slug]
        taught = {key: tuple(said) for key, said in notes_of(story, chapter, language).items()}
        taught["asked"] = say_asked(lesson, story, words)
    last = chapter.number == len(story.chapters) - 1
    return ChapterSheet(
        slug=chapter.slug,
        number=chapter.number,
        kicker=text.kicker,
        title=text.title,
        standfirst=text.standfirst,
        body=ours(body),
        claims=tuple(say_claim(claim, number, story, words, "") for number, claim in numbered),
        keys=tuple(keys),
        callouts=tuple(text.callouts[key] for key in chapter.view.callouts),
        omissions=tuple(each.text for each in text.omissions),
        tally=tuple(say_tally(story, words)["counts"]) if last else (),
        **taught,
    )


def say_asked(lesson: ChapterLesson, story: Story, words: Words) -> Asked:
    """A chapter's prediction in words."""
    asked = lesson.prediction
    told = answer(asked, story, words)
    match asked:
        case PlacePrediction():
            options = tuple(each.name for each in asked.choices)
            right: tuple[str, ...] = (options[told.right[0]],)
        case OrderPrediction():
            options = tuple(item.name for item in asked.items)
            right = tuple(f"{options[index]} ({told.dates[index]})" for index in told.right)
        case _:
            options = (f"{asked.low:g}", f"{asked.high:g}", told.unit)
            right = tuple(f"{counter}{f', {note}' if note else ''}: {number}" for counter, note, number in told.rows)
    return Asked(asked.kind, asked.question, options, right, fill(asked.reveal, story.facts), asked.record, told)
