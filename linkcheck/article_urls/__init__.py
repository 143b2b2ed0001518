"""The URLs that the articles of a repository have on their site, as far as their paths and front matter tell.

A URL that is found here is one of the site's; one that is not found can still be, because generators make pages without
files. So no link is dead because it is not found here. `index` is loaded when the first URL is looked up.
"""

from linkcheck.article_urls.options import MOST_FILES, MOST_FILES_OF_A_HOOK, ArticleUrlOptions, UrlKeys, UrlPattern

__all__ = ["MOST_FILES", "MOST_FILES_OF_A_HOOK", "ArticleUrlOptions", "UrlKeys", "UrlPattern"]
