"""Where everything comes from: the records with their sources, the datasets with their licences."""

import streamlit as st

from geodata.catalogue import read_catalogue
from story.bundle import find_bundle
from story.page import cited_facts
from story.wording import read_words, say_date, say_tier

bundle = find_bundle()
story, words = bundle.story, read_words(bundle.language)

st.title("Sources")
st.write(
    f"The evidence ends on {story.settings.evidence_until}; nothing later was read. "
    '"Sourced" means that the source says it, not that it is true: a count of the dead is its author\'s. '
    "Where counts differ the story gives each with the one who counted."
)
st.header("Records")
rows = [
    {
        "Record": fact.title,
        "When": say_date(fact, words),
        "Publisher": source.publisher,
        "Kind of source": say_tier(source, words),
        "Link": source.url,
        "How sure": words["statuses"][fact.status],
    }
    for fact in story.facts.values()
    if fact.id in cited_facts(story)
    for source in fact.sources
]
st.dataframe(
    rows,
    hide_index=True,
    column_config={"Link": st.column_config.LinkColumn("Link")},
    alt="Every record that the story draws or cites, with its sources",
)
st.header("Map data")
st.dataframe(
    [
        {
            "Dataset": dataset.title,
            "Credit": dataset.credit,
            "Licence": dataset.licence,
            "Date": str(dataset.source_date),
            "Accurate to (km)": dataset.accuracy_km,
            "Known faults": " ".join(dataset.faults),
        }
        for dataset in read_catalogue().values()
    ],
    hide_index=True,
    alt="Every dataset of the map with its licence",
)
