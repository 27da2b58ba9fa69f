"""Search that understands people: everyday words, slips of spelling, words of danger. It keeps nothing (docs/decisions.md)."""
