"""How verdicts are reached, what was not checked, and what was corrected."""

from pages.parts.masthead import show_masthead
from pages.parts.sheet import show_sheet
from story.bundle import find_bundle
from story.judging import render_judging

bundle = find_bundle()
rules = bundle.story.editorial.rules[bundle.language]
show_masthead(bundle, rules.title, rules.lead)
show_sheet(render_judging(bundle.story, language=bundle.language), key="judging")
