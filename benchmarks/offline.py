"""What the offline commands cost: start-up, one file, and thousands, each a whole process.

    python benchmarks/offline.py [--articles DIR] [--files 2000]

`DIR` holds real articles; the sample article is used without it. They are copied until there are enough. The rival is
check-jsonschema, the usual pre-commit hook for schemas: it reads YAML and no Markdown, so it is given the bare front
matter of one article, and the same schema.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEED = next((ROOT / "seeds").glob("*.md"))
SCHEMA = ROOT / "schemas" / "article.schema.json"
CANONICAL = re.compile(r'^webUrl: "?https://[^/]+/', re.MULTILINE)
REPEATS = 7


def best(command: Sequence[str], folder: Path) -> float:
    """Seconds of the fastest of several runs; the first, which may write bytecode, does not count."""
    times = []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        times.append(time.perf_counter() - began)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()[:500]}")
    return min(times[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, help="a folder of real articles")
    parser.add_argument("--files", type=int, default=2_000)
    options = parser.parse_args()
    articles = sorted(options.articles.rglob("*.md")) if options.articles else [SEED]
    ours = [sys.executable, "-m", "linkcheck"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "one").mkdir()
        (folder / "many").mkdir()
        shutil.copy(SEED, folder / "one")
        front_matter = SEED.read_text(encoding="utf-8").split("---\n")[1]
        (folder / "one.yaml").write_text(front_matter, encoding="utf-8")
        for number in range(options.files):
            round_, which = divmod(number, len(articles))
            text = articles[which].read_text(encoding="utf-8")
            # A copy has a canonical of its own, or there would be a finding for each.
            text = CANONICAL.sub(rf"\g<0>{round_}/", text, count=1)
            (folder / "many" / f"{number:06}.md").write_text(text, encoding="utf-8")
        version = best([*ours, "--version"], folder)
        one = best([*ours, "validate", "one"], folder)
        many = best([*ours, "validate", "many"], folder)
        init = best([*ours, "init", "--dry-run"], folder / "many")
        print(f"linkcheck --version                    {version:7.3f} s")
        print(f"linkcheck validate, one file           {one:7.3f} s")
        each = 1000 * (many - one) / options.files
        print(f"linkcheck validate, {options.files:,} files       {many:7.3f} s, {each:.2f} ms a file")
        print(f"linkcheck init, {options.files:,} files           {init:7.3f} s, {init / many:.2f} of the time of validate")
        rival = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent)) or shutil.which("check-jsonschema")
        if rival is None:
            print("check-jsonschema is not installed: no ratio")
            return
        theirs = best([rival, "--schemafile", str(SCHEMA), "one.yaml"], folder)
        print(f"check-jsonschema, the same front matter {theirs:6.3f} s")
        print(f"ratio, one file                        {one / theirs:7.2f}")


if __name__ == "__main__":
    main()
