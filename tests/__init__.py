"""Tests are claims about behaviour: logic on a curriculum of five topics, the shipped data by its invariants, whole
processes for what only a process shows."""
