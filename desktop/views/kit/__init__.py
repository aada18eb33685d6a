"""The design system: tokens, theme, icons and the pieces every page is built from."""
