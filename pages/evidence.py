"""Every claim of the essay with what the record shows: at a glance, filtered, and one by one."""

import streamlit as st

from pages.parts.citing import show_citation
from pages.parts.docket import find_cases
from pages.parts.masthead import show_masthead
from pages.parts.searching import ask, ask_by_link, read_asked
from pages.parts.sheet import show_sheet
from story.bundle import find_bundle
from story.citation import cite_claim
from story.evidence import Desk, render_case, render_cases, render_glance, say_lead, say_result

bundle = find_bundle()
cases = find_cases(bundle.version)
desk = Desk(bundle.story, cases, read_asked(cases), bundle.language)

left = st.session_state.get("claim-left", "")  # the claim that was open before, to come back to its place
st.session_state["claim-left"] = desk.search.claim
if desk.search.claim:
    claim = desk.search.claim
    page = f"claims/{claim}.html"
    written = render_case(desk, f"embed/{page}" if page in bundle.files else "")
    show_sheet(written, key=f"case-{claim}", on_asked=ask_by_link, lead="h1")
    with st.expander(desk.words["sourcing"]["cite_claim"], key="cite"):
        opened = next(case.claim for case in cases if case.claim.id == claim)
        show_citation(cite_claim(bundle.story, opened, bundle.version), desk.words, key="claim")
else:
    show_masthead(bundle, desk.words["evidence"]["title"], say_lead(desk))
    show_sheet(render_glance(desk), key="glance", on_asked=ask_by_link)
    ask(desk)
    show_sheet(
        render_cases(desk),
        key="cases",
        on_asked=ask_by_link,
        said=say_result(desk),
        lead=f"#claim-{left}" if left else "",
    )
