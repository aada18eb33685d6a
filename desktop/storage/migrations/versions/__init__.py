"""Each step from one schema to the next; a step lands whole or not at all."""
