"""The folder with the files of one post, which Hexo and plugins of Jekyll publish together with it."""

from posixpath import splitext

ARTICLE_ENDINGS = (".md", ".markdown", ".mdx", ".html")
_POSTS = frozenset(("_posts", "_drafts"))


def post_folder(article: str) -> str | None:
    """The folder named like a post (`_posts/harbor` for `_posts/harbor.md`); None for an article that is not a post."""
    stem, extension = splitext(article)
    is_post = extension.lower() in ARTICLE_ENDINGS and not _POSTS.isdisjoint(stem.split("/")[:-1])
    return stem if is_post else None
