"""One file per paper; whatever lies here with a CODE is found by the catalogue."""
