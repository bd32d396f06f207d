"""Where everything comes from: publishers and what rests on them, records, the map's data, how to cite, downloads."""

import streamlit as st

from geodata.catalogue import read_catalogue
from pages.parts.citing import show_citation
from pages.parts.docket import find_publishers, list_all_pages, write_sourcing
from pages.parts.masthead import show_masthead
from pages.parts.sheet import show_sheet
from story.bundle import find_bundle
from story.citation import cite_dataset, cite_story
from story.sourcing import render_datasets, render_downloads, render_publisher, say_lead
from story.wording import read_words

bundle = find_bundle()
story, language = bundle.story, bundle.language
words, publishers, catalogue = read_words(language), find_publishers(bundle.version), read_catalogue()
said = words["sourcing"]


def ask(params: dict[str, list[str]]) -> None:
    """Ask what a link of the page asks."""
    st.query_params.from_dict(params)


asked = next((each for each in publishers if each.name == st.query_params.get("publisher")), None)
if asked:
    show_sheet(
        render_publisher(story, asked, language=language), key=f"publisher-{asked.name}", on_asked=ask, lead="h1"
    )
    st.stop()

show_masthead(bundle, said["title"], say_lead(story, publishers, words))
show_sheet(write_sourcing(bundle.version, language), key="sourcing", on_asked=ask)
with st.container(key="records"):
    st.header(said["all_records"], anchor="records")
    st.markdown(said["all_records_lead"])
    st.dataframe(
        list_all_pages(bundle.version, language),
        hide_index=True,
        column_config={said["table"]["link"]: st.column_config.LinkColumn(said["table"]["link"])},
        alt=said["all_records_lead"],
    )
show_sheet(render_datasets(story, catalogue.values(), bundle.version, language=language), key="datasets")
with st.container(key="citing"):
    st.header(said["cite"], anchor="cite")
    works = {"": story.settings.title} | {id_: dataset.title for id_, dataset in catalogue.items()}
    what = st.selectbox(said["cite_what"], list(works), format_func=works.__getitem__, key="cite")
    work = cite_dataset(story, catalogue[what], bundle.version) if what else cite_story(story, bundle.version)
    show_citation(work, words, key="work")
show_sheet(render_downloads(bundle.files, language=language), key="downloads")
