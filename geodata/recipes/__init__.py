"""How each shipped file was made: one recipe per family, run by hand, never by the app."""
