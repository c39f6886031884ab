"""Types into a program on a terminal of its own, `python typist.py MARK KEYS PROGRAM…`; prints what it shows.

The keys are sent once MARK, its prompt, is to be seen. A process of its own, for only a fresh one may fork safely.
"""

import fcntl
import os
import pty
import struct
import sys
import termios


def main(mark: str, keys: str, *program: str) -> int:
    """Runs the program to its end; returns its exit code."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(program[0], program)  # noqa: S606 - a shell is what is to be run
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 160, 0, 0))
    shown = b""
    is_typed = False
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # so Linux says that nobody writes any more
            break
        if not part:
            break
        shown += part
        if not is_typed and mark.encode() in shown:
            os.write(terminal, keys.encode())
            is_typed = True
    sys.stdout.buffer.write(shown)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
