"""What can go wrong for the person at the desk: sentences in their language, with the way out."""


class UserError(Exception):
    """A refusal: bad input, a rule of law, a missing right. The text is a Chinese sentence. Exit code 1."""


class RuleError(UserError):
    """A rule of the law or of the rule pack forbids this; the sentence names the clause."""


class NotAllowedError(UserError):
    """Who acts has no right to do this."""


class ChangedMeanwhileError(UserError):
    """Somebody else saved the same record first; nothing was overwritten."""


class EnvironmentFailedError(UserError):
    """Disk, database or display failed, not the person. Exit code 3."""
