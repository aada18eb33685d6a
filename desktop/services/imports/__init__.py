"""Taking in what villages send: read, compared, written in one go or not at all, taken back later."""
