"""工作台: what must be done today."""
