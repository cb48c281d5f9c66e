"""The disk, as every room that touches it needs it: plain files only, names it takes, its troubles in plain words."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

written: list[Path] = []
"""The files that this run has put in their places, for whoever tells the clerk how far it came."""

LONGEST_NAME = 255
"""Bytes of a file's name on nearly every file system."""

_FORBIDDEN = dict.fromkeys([*range(32), *map(ord, '\\/:*?"<>|')], "_")
"""Characters that Windows or Linux do not allow in file names."""

_WHY = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限，或正被别的程序使用",
    errno.EPERM: "没有权限",
    errno.EROFS: "是只读的",
    errno.EEXIST: "已经有了",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOTEMPTY: "文件夹里有内容",
    errno.ENAMETOOLONG: "名称太长",
    errno.EINVAL: "名称不能用",
    errno.ELOOP: "链接绕成一圈",
    errno.ENODEV: "是管道或设备，不是普通文件",
    errno.ENOSPC: "磁盘满了",
    errno.EFBIG: "文件太大",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘或网络读写出错",
    errno.ETIMEDOUT: "网络没有回应",
    getattr(errno, "EDQUOT", -1): "磁盘配额用完了",  # not on every system
    getattr(errno, "ESTALE", -1): "网络文件夹断开了",
    getattr(errno, "ETXTBSY", -1): "正被别的程序使用",
}


def why(error: OSError) -> str:
    """Why the system refused, in a few words; its own are English."""
    return _WHY.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统没有说明原因")


def read(path: Path, largest: int | None = None) -> bytes:
    """The bytes of a plain file: whoever opens a pipe or a device may wait for ever.

    Raises:
        OSError: it cannot be read, is no plain file, or has more than ``largest`` bytes.
    """
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(about.st_mode):
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV), str(path))
    if largest is not None and about.st_size > largest:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return path.read_bytes()


def file_name(name: str) -> str:
    """``name`` as a file name, without what file systems, or this one's encoding, do not take."""
    taken = "".join(char if _is_taken(char) else "_" for char in name.translate(_FORBIDDEN))
    return taken.strip(". ") or "_"


def _is_taken(char: str) -> bool:
    try:
        os.fsencode(char)
    except UnicodeEncodeError:
        return False
    return True


def shortened(name: str, room: int) -> str:
    """``name`` in at most ``room`` bytes; one that is cut ends in a mark of its own."""
    whole = name.encode("utf-8", "surrogatepass")
    if len(whole) <= room:
        return name
    import hashlib

    mark = f"…{hashlib.sha256(whole).hexdigest()[:6]}"
    return whole[: max(0, room - len(mark.encode()))].decode("utf-8", "ignore") + mark


def beside(path: Path, ending: str) -> Path:
    """The file that stands beside another, named for it: 本局-2025.toml and 本局-2025.意见.toml."""
    return path.with_name(shortened(path.stem, LONGEST_NAME - len(ending.encode())) + ending)
