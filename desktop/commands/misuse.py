"""Says in Chinese what is wrong with a command line that could not be read."""

import re

_SENTENCES = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "缺少 {what}"),
    (re.compile(r"one of the arguments (?P<what>.+) is required"), "{what} 要写其中一个"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "没有这样的选项：{what}"),
    (
        re.compile(r"argument (?P<what>\S+): not allowed with argument (?P<other>.+)"),
        "{what} 和 {other} 不能同用",
    ),
    (re.compile(r"argument (?P<what>\S+): expected .+"), "{what} 后面要写内容"),
    (re.compile(r"argument (?P<what>\S+): ignored explicit argument (?P<other>.+)"), "{what} 后面不写内容"),
    (
        re.compile(r"argument (?P<what>\S+): invalid choice: '(?P<typed>.*)' \(choose from (?P<known>.+)\)"),
        "没有“{typed}”；可用：{known}",
    ),
)


def in_chinese(message: str) -> str:
    """Return the sentence for a complaint of argparse; one that is not known stays as it is."""
    for pattern, sentence in _SENTENCES:
        if found := pattern.fullmatch(message):
            parts = {
                name: part.replace("'", "").replace(", ", "、") for name, part in found.groupdict().items()
            }
            return sentence.format(**parts)
    return message
