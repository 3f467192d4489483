"""Runs a program under the restrictions of the systemd unit, as a user without rights in a root file system of its own.

    sandbox.py UNIT ROOT PROGRAM ARGUMENTS…

Of the unit, it applies SystemCallFilter, SystemCallErrorNumber and RestrictAddressFamilies, as systemd does. The caller has
made the mounts. The environment of the program is that of the caller.
"""

import errno
import os
import socket
import subprocess
import sys

import seccomp

USER = 1654


def settings(unit, name):
    with open(unit, encoding="utf-8") as lines:
        return [line.strip().split("=", 1)[1].split() for line in lines if line.startswith(name + "=")]


def calls(group):
    """The system calls of a group, as systemd lists them."""
    if not group.startswith("@"):
        return {group}
    listed = subprocess.run(["systemd-analyze", "syscall-filter", group], check=True, capture_output=True, text=True).stdout
    entries = [line.strip() for line in listed.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*(calls(entry) for entry in entries))


def allowed(unit):
    result = calls("@default")
    for words in settings(unit, "SystemCallFilter"):
        if words[0].startswith("~"):
            result -= set().union(*(calls(word.lstrip("~")) for word in words)) - calls("@default")
        else:
            result |= set().union(*(calls(word) for word in words))
    # The program is started by this one, and by systemd before its filter is complete.
    return result | {"execve"}


unit, root, program, *arguments = sys.argv[1:]
refused = getattr(errno, settings(unit, "SystemCallErrorNumber")[0][0])
names = allowed(unit)
families = [getattr(socket, name) for name in settings(unit, "RestrictAddressFamilies")[0]]

filter = seccomp.SyscallFilter(seccomp.ERRNO(refused))
for name in sorted(names - {"socket"}):
    try:
        filter.add_rule(seccomp.ALLOW, name)
    except (RuntimeError, ValueError, OSError):
        pass  # Not a call of this processor.
for family in families:
    filter.add_rule(seccomp.ALLOW, "socket", seccomp.Arg(0, seccomp.EQ, int(family)))

os.chroot(root)
os.chdir("/data")
os.setgroups([])
os.setgid(USER)
os.setuid(USER)
os.umask(0o077)
# Loading the filter also sets no_new_privs.
filter.load()
os.execv(program, [program, *arguments])
