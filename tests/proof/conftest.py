"""Proofs work on both databases, with the same registers as the tests of the services."""

from tests.services.conftest import desk, place, refilled

__all__ = ["desk", "place", "refilled"]
