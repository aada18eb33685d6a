"""Papers (证卡、文书): where their facts come from, how they are printed, and what the log says."""
