"""The frame around every page: top bar, rail of places, status strip."""
