"""Proofs work on both databases, with the same registers as the tests of the services."""

from tests.services.conftest import desk, made_database, place

__all__ = ["desk", "made_database", "place"]
