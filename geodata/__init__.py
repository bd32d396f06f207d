"""The places: datasets with their sources and licences, how to load, measure and generalise them."""
