"""Whom to visit: plans of a year, campaigns, draws, samples, levels of risk."""
