"""The URLs that the articles of a repository have on their site, as far as their paths and front matter tell.

A URL that is found here is one of the site's; one that is not found can still be, because generators make pages of which
there is no file. So nothing is dead because it is not found here.
"""

from linkcheck.article_urls.index import (
    MOST_FILES_OF_A_HOOK,
    ArticleUrlOptions,
    ArticleUrls,
    UrlPattern,
)
from linkcheck.article_urls.own_keys import UrlKeys

__all__ = ["MOST_FILES_OF_A_HOOK", "ArticleUrlOptions", "ArticleUrls", "UrlKeys", "UrlPattern"]
