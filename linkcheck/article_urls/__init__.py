"""The URLs of the articles of a repository on their site, derived from their paths and front matter.

A URL that is not found here can still exist, because generators create pages without files. So it is never reported as
dead for that reason. `index` is loaded when the first URL is looked up.
"""

from linkcheck.article_urls.options import (
    MOST_FILES,
    MOST_FILES_OF_A_HOOK,
    ArticleUrlOptions,
    PublishedSite,
    UrlKeys,
    UrlPattern,
)

__all__ = ["MOST_FILES", "MOST_FILES_OF_A_HOOK", "ArticleUrlOptions", "PublishedSite", "UrlKeys", "UrlPattern"]
