"""What can go wrong for the person at the desk: sentences in their language, with the way out."""

import errno


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


def words_of(failed: OSError) -> str:
    """Say in the language of the desk why the system refused a file; what is not known keeps its number."""
    by_windows = _BY_WINDOWS.get(getattr(failed, "winerror", None) or 0)
    return by_windows or _BY_NUMBER.get(failed.errno or 0, f"系统错误 {failed.errno}")


_IN_USE, _IS_FULL = "被别的程序占用着", "磁盘满了"
_BY_WINDOWS = {32: _IN_USE, 33: _IN_USE, 112: _IS_FULL}
_BY_NUMBER = {
    errno.ENOSPC: _IS_FULL,
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "找不到",
    errno.EBUSY: _IN_USE,
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名字太长",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.EISDIR: "那是一个文件夹",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
}
