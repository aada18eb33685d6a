"""The program of an office that looks after the three small food trades; importing this costs nothing."""

__version__ = "0.1.0"
