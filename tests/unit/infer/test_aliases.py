"""Path prefixes that `tsconfig.json` replaces with a folder."""

import json

import pytest

from linkcheck.infer.generators.aliases import compiler_paths
from linkcheck.model import Json


class Files:
    """The files of a site, by their contents."""

    def __init__(self, **files: str) -> None:
        self._files = {f"{name}.json": text for name, text in files.items()}

    def text(self, path: str) -> str:
        return self._files.get(path, "")

    def is_file(self, path: str) -> bool:
        return path in self._files

    def data(self, path: str) -> dict[str, Json]:
        raise AssertionError(path)

    def is_folder(self, path: str) -> bool:
        raise AssertionError(path)

    def names(self, folder: str) -> tuple[str, ...]:
        raise AssertionError(folder)


def config(paths: dict[str, list[str]], **options: str) -> str:
    return json.dumps({"compilerOptions": {**options, "paths": paths}})


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ({"@/*": ["src/lib/*"]}, {"@/": "./src/lib/"}),
        ({"@/*": ["src/*", "other/*"], "~/*": ["app/*"]}, {"@/": "./src/", "~/": "./app/"}),
        ({"*": ["src/*"], "./*": ["src/*"], "/*": ["src/*"]}, {}),
        ({"@/*": ["src/index.ts"], "module": ["src/*"], "@b/*": []}, {}),
    ],
)
def test_an_alias_stands_for_the_first_folder(paths: dict[str, list[str]], found: dict[str, str]) -> None:
    assert compiler_paths(Files(tsconfig=config(paths))) == found


def test_folders_are_below_the_base_url() -> None:
    assert compiler_paths(Files(tsconfig=config({"@/*": ["lib/*"]}, baseUrl="src"))) == {"@/": "src/lib/"}


def test_only_the_first_file_counts() -> None:
    one, other = config({"@/*": ["src/*"]}), config({"~/*": ["app/*"]})
    assert compiler_paths(Files(tsconfig=one, jsconfig=other)) == {"@/": "./src/"}
    assert compiler_paths(Files(jsconfig=other)) == {"~/": "./app/"}
    assert compiler_paths(Files(tsconfig="{}", jsconfig=other)) == {}
    assert compiler_paths(Files()) == {}
