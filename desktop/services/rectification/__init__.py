"""Putting right by a date (整改销号): inspected, ordered, reinspected, closed out, looked back at."""
