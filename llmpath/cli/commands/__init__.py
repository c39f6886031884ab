"""What the program can do: a module per group of commands, a plain typed function per command.

Each takes the session and the words of the command line, and returns a result of `results`. It loads, lets the pure
core compute, and saves; it prints nothing. The command line's grammar (`cli`) and the door (`__main__`) both end here.
"""
