"""What is wrong with a value: a code for programs and a Chinese sentence with the way out for people."""


class WrongValue(ValueError):
    """A value that cannot be read without guessing; ``code`` is one of the problem codes."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
