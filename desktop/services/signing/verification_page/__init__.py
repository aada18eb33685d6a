"""The offline page that verifies codes: its HTML and its script."""
