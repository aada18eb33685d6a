"""The signed code of a paper: made, kept, revoked, verified."""
