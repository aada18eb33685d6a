"""The verbs of the command line: the same services as the window, answered as text or as JSON."""
