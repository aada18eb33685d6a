"""Frozen facts in, pages out: the papers of the office, drawn in one place and refused when not right."""
