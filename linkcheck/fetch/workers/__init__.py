"""A crawl in several processes of this machine, or on an executor: whole hosts to each worker."""
