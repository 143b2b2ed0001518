"""Signs that a returned page is not an article: walls, error pages, parked domains, removed content."""
