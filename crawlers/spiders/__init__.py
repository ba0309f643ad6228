"""Scrapy spiders. `bulletin` walks any source that a file describes."""
