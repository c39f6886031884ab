"""Text as people and terminals have it: cleaning, folding of names, languages. Pure."""
