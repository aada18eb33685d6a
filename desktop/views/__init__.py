"""Everything that knows Qt: the window, its pages and the design system they share."""
