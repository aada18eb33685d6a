"""The office itself: who works here, its villages, its trail, its days off, what it keeps for itself."""
