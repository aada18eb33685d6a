"""Official tables out of the register, and the county's own blanks filled in."""
