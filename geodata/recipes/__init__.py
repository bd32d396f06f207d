"""How each shipped file was made: one recipe per family, run by hand, never by the app.

`python -m geodata.recipes.NAME SOURCES`, in this order, since the later ones read what the first have shipped:
outlines (countries, admin1, durand_line, boundaries, coast), lakes, rivers, places, tribal, border_districts, relief;
then, from shipped files alone and without SOURCES: border_regions, crossings (and crossing_events). Every recipe gives
the same bytes each time it is run on the same sources. `sources.py` says how to lay out SOURCES; to add a dataset,
write its entry in catalogue.yaml with 64 zeros for its checksum, then its recipe, then run it.
"""
