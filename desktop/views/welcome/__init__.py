"""Before the window: the first start that makes the register, and signing in."""
