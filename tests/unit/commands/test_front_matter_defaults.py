"""What the settings of a site give to articles is not required of them."""

from pathlib import Path

import pytest
from write_files import write_files

from linkcheck import discover
from linkcheck.commands.init.articles import ArticleStore
from linkcheck.commands.init.front_matter_defaults import drop_defaulted, find_defaults, replace_urls
from linkcheck.infer import FrontMatterDefault, SiteInfo
from linkcheck.infer.generators import GENERATORS
from linkcheck.model import Json
from linkcheck.pipeline.sites import FoundSite

PATHS = ("posts/a.md", "posts/b.md")


def default(*globs: str, **values: Json) -> FrontMatterDefault:
    return FrontMatterDefault(globs, values)


@pytest.mark.parametrize(
    ("defaults", "required"),
    [
        pytest.param([], ["a", "b"], id="nothing"),
        pytest.param([default("posts/**", a=1)], ["b"], id="a property"),
        pytest.param([default("posts/b.md", a=1)], ["b"], id="a property of one article"),
        pytest.param([default("news/**", "posts/**", a=1)], ["b"], id="one of several globs"),
        pytest.param([default("posts/**", a=1), default("**", b=2)], None, id="all properties"),
        pytest.param([default("posts/**", c=1)], ["a", "b"], id="another property"),
        pytest.param([default("news/**", a=1)], ["a", "b"], id="a property of other articles"),
        pytest.param([default("[z-a]", "a*a*a*a*a*", "posts/**", a=1)], ["b"], id="globs that cannot be used"),
        pytest.param([default("[z-a]", a=1), default(a=1)], ["a", "b"], id="no glob that can be used"),
    ],
)
def test_what_the_settings_give_is_not_required(defaults: list[FrontMatterDefault], required: list[Json] | None) -> None:
    schema: dict[str, Json] = {"type": "object", "required": ["a", "b"]}
    drop_defaulted(schema, PATHS, defaults)
    assert schema == {"type": "object", **({} if required is None else {"required": required})}
    optional: dict[str, Json] = {"type": "object"}
    drop_defaulted(optional, PATHS, defaults)
    assert optional == {"type": "object"}


@pytest.mark.parametrize("name", ["permalink", "path", "slug", "url", "title"])
def test_some_properties_replace_the_url_of_a_collection(name: str) -> None:
    is_url = name != "title"
    assert replace_urls([default("x/**", a=1), FrontMatterDefault(("posts/b.md",), {name: "x"})], PATHS) is is_url
    assert not replace_urls([FrontMatterDefault(("news/**",), {name: "x"})], PATHS)


def test_defaults_are_those_of_the_settings_and_of_the_pages_of_hugo(tmp_path: Path) -> None:
    cascade = "---\ntitle: T\ncascade: {image: /a.png}\n---\n"
    write_files(tmp_path, {"content/_index.md": cascade, "content/posts/_index.md": cascade, "content/posts/a.md": cascade})
    store = ArticleStore(discover.discover(discover.DiscoverOptions(paths=(".",), root=str(tmp_path))))
    generators = {each.name: each for each in GENERATORS}
    own, other = default("content/**", lang="en"), default("docs/**", lang="de")
    hugo = FoundSite(generators["Hugo"], SiteInfo(defaults=(own,)))
    jekyll = FoundSite(generators["Jekyll"], SiteInfo(defaults=(other,)))
    pages = (default("content/**", image="/a.png"), default("content/posts/**", image="/a.png"))
    assert find_defaults([jekyll, hugo], store) == (other, own, *pages)
    assert find_defaults([jekyll], store) == (other,)
