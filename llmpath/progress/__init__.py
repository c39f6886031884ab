"""What a learner did; knows no terminal."""
