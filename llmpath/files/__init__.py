"""The file system, for any file."""
