"""Entries that end, what continues them, and taking that back. Nothing else changes whether an entry has ended."""
