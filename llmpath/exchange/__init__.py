"""In and out: other programs' files."""
