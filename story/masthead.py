"""The head of a page of the app: the way back to the story, the title, what the page is."""

from story.model import Story
from story.templates import TEMPLATES
from story.wording import read_words

READER = "./"  # where the story is, seen from a page of the app


def render_masthead(story: Story, title: str, lead: str, *, came_from: str, language: str) -> str:
    """The head as HTML. `came_from` is the slug of the chapter to go back to; an unknown one gives the first."""
    chapter = next((each for each in story.chapters if each.slug == came_from), None)
    return TEMPLATES.get_template("masthead.html").render(
        words=read_words(language),
        title=title,
        lead=lead,
        back=f"{READER}?chapter={chapter.slug}" if chapter else READER,
        chapter=chapter.texts[language].title if chapter else "",
    )
