"""What there is to learn; knows nothing of learners."""
