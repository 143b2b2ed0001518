"""Crawls in several processes of this machine, or on an executor: each host's targets go to one worker."""
