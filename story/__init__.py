"""The telling: reads a story's files, draws its map with folium and renders the reader that shows both."""
