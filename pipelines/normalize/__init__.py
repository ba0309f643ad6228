"""Strings in, values with spans out: dates, numbers, people, organizations, documents, events."""
