"""整改销号: the wall, one case, an inspection, an order."""
