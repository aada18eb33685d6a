"""The mapped classes: how the register is kept, with its constraints and without behaviour."""
