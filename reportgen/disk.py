"""The disk, as every room that touches it needs it: plain files only, and what went wrong in the clerk's words."""

from __future__ import annotations

import errno
from pathlib import Path

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
    errno.ENOSPC: "磁盘满了",
    errno.EFBIG: "文件太大",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.EBUSY: "正被别的程序使用",
    errno.EIO: "磁盘或网络读写出错",
    errno.ETIMEDOUT: "网络没有回应",
}


def why(error: OSError) -> str:
    """Why the system refused, in a few words; its own are English."""
    for name in ("EDQUOT", "ESTALE", "ETXTBSY"):  # not on every system
        if error.errno is not None and error.errno == getattr(errno, name, None):
            return {"EDQUOT": "磁盘配额用完了", "ESTALE": "网络文件夹断开了"}.get(name, "正被别的程序使用")
    return _WHY.get(error.errno or 0, f"系统错误 {error.errno}" if error.errno else "系统没有说明原因")


written: list[Path] = []
"""The files that this run has put in their places, for whoever tells the clerk how far it came."""
