"""Numbers of papers and the blanks that they are printed on: every one accounted for."""
