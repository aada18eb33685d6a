"""One establishment (一户一档)."""
