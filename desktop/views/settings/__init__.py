"""设置: the rule pack with its sources, numbers, workdays, accounts, check, and the look of the window."""
