"""Results, and how they look."""
