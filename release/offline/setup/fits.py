"""Whether this Python can use the offline folder: exit status 0 yes, 3 another version is needed, 4 another computer.

Any Python that there is must be able to read this file, those of the year 2010 too.
"""

import json
import os
import platform
import sys
import sysconfig

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "folder.json")) as file:
    folder = json.load(file)

if "{}.{}".format(*sys.version_info) not in folder["pythons"]:
    sys.exit(3)
if sysconfig.get_platform() != folder["machine"]:
    sys.exit(4)
if folder["glibc"]:
    library, version = platform.libc_ver()
    wanted = [int(part) for part in folder["glibc"].split(".")]
    if library != "glibc" or [int(part) for part in version.split(".")] < wanted:
        sys.exit(4)
