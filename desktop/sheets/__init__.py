"""Workbooks in and out: reading what villages send, and writing the official tables."""
