"""Surveying (摸底调查): what a visit says of a trade, and who closed and is met again."""
