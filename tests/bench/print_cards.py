"""Prints cards in one process, or in two that it starts; nothing heavy, because those read it again."""

if __name__ == "__main__":
    import sys
    from pathlib import Path

    from tests.bench.cards import main

    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
