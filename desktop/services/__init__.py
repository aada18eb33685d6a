"""What the office does (use cases) and asks (questions): one block on the database each."""
