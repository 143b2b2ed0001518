"""Signs that a page which answers is not an article: walls, error pages, parked domains, removed content."""
