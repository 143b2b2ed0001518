"""How many bytes it takes to know an image's size, and how long: ours against a full download.

    PYTHONPATH=. python benchmarks/image_bytes.py

Makes 150 images as articles carry them (photos of several sizes and qualities, some with a camera's Exif and thumbnail, a
colour profile or Photoshop's blocks; screenshots, logos, animations, phone pictures), measures each from its first bytes
as a caller with Range would, and prints what that read. The content is noise over gradients, so lengths are realistic.
"""

import io
import random
import sys
import time
from collections.abc import Callable, Iterator

from PIL import Image, ImageCms, ImageFilter

from linkcheck.images import FIRST_READ, measure_by

SEED = 20240229
ROUNDS = 20


def photo(chance: random.Random, width: int, height: int) -> Image.Image:
    """Gradients, edges and noise: compresses about as a photo does."""
    small = Image.frombytes(
        "RGB", (width // 8 + 1, height // 8 + 1), chance.randbytes((width // 8 + 1) * (height // 8 + 1) * 3)
    )
    image = small.filter(ImageFilter.GaussianBlur(3)).resize((width, height), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((width, height), 24).convert("RGB")
    return Image.blend(image, grain, 0.3)


def screenshot(chance: random.Random, width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), (250, 250, 252))
    for _ in range(400):
        x, y = chance.randrange(width), chance.randrange(height)
        image.paste(tuple(chance.randbytes(3)), (x, y, x + chance.randrange(4, 90), y + chance.randrange(2, 14)))
    image.paste(photo(chance, width // 3, height // 3), (width // 2, height // 2))
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def segments(marker: int, head: bytes, length: int, chance: random.Random) -> bytes:
    body = head + chance.randbytes(length)
    return bytes((0xFF, marker)) + (2 + len(body)).to_bytes(2) + body


def from_camera(data: bytes, chance: random.Random) -> bytes:
    """A camera's Exif block with a maker note and a thumbnail: 8 to 60 KB before the picture."""
    tiff = b"II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0" + bytes((chance.choice((1, 1, 6)),)) + bytes(7)
    return data[:2] + segments(0xE1, b"Exif\0\0" + tiff, chance.randrange(8_000, 60_000), chance) + data[2:]


def from_photoshop(data: bytes, chance: random.Random) -> bytes:
    """An image resource block, XMP and a press profile in nine parts (557 KB, as common CMYK profiles are)."""
    parts = [segments(0xED, b"Photoshop 3.0\0", chance.randrange(3_000, 20_000), chance)]
    parts += [segments(0xE2, b"ICC_PROFILE\0" + bytes((n, 9)), 65_519 if n < 9 else 30_000, chance) for n in range(1, 10)]
    return data[:2] + b"".join(parts) + data[2:]


def mix(chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """What lead images of articles are: mostly JPEG, then PNG and WebP, some AVIF, GIF and SVG."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    sizes = ((600, 400), (800, 533), (1200, 630), (1200, 800), (1600, 900), (2048, 1365))
    for number in range(150):
        width, height = sizes[number % len(sizes)]
        match chance.choices(range(12), (34, 10, 8, 2, 14, 8, 22, 4, 6, 3, 4, 4))[0]:
            case 0:
                yield "JPEG of a site", encoded(photo(chance, width, height), "JPEG", quality=chance.choice((70, 80, 88)))
            case 1:
                yield "JPEG, sRGB profile", encoded(photo(chance, width, height), "JPEG", quality=85, icc_profile=srgb)
            case 2:
                yield "JPEG of a camera", from_camera(encoded(photo(chance, width, height), "JPEG", quality=92), chance)
            case 3:
                yield (
                    "JPEG, press profile",
                    from_photoshop(encoded(photo(chance, width, height), "JPEG", quality=95), chance),
                )
            case 4:
                yield "PNG, screenshot", encoded(screenshot(chance, width, height), "PNG")
            case 5:
                yield "PNG, logo", encoded(screenshot(chance, 320, 120).convert("P"), "PNG")
            case 6:
                yield "WebP", encoded(photo(chance, width, height), "WEBP", quality=80, method=0)
            case 7:
                yield "WebP, lossless", encoded(screenshot(chance, 800, 533), "WEBP", lossless=True, method=0)
            case 8:
                yield "AVIF", encoded(photo(chance, 800, 533), "AVIF", quality=60, speed=10)
            case 9:
                frames = [screenshot(chance, 480, 270) for _ in range(6)]
                yield "GIF, animated", encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0)
            case 10:
                path = " ".join(
                    f"L{chance.randrange(400)} {chance.randrange(300)}" for _ in range(chance.randrange(50, 4000))
                )
                head = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300">'
                text = f'{head}<path d="M0 0{path}"/></svg>'
                yield "SVG", text.encode()
            case _:
                yield "ICO", encoded(screenshot(chance, 256, 256), "ICO")


def reader(data: bytes) -> Callable[[int, int], bytes]:
    return lambda start, stop: data[start:stop]


def main() -> None:
    images = list(mix(random.Random(SEED)))
    kinds: dict[str, list[tuple[int, int]]] = {}
    for kind, data in images:
        facts = measure_by(reader(data))
        if facts.format is None:
            sys.exit(f"{kind} was not measured: {facts}")
        kinds.setdefault(kind, []).append((len(data), facts.bytes_read))

    print(f"{'kind':22}{'images':>7}{'mean KB':>9}{'read KB':>9}{'most KB':>9}{'share':>8}")
    for kind, rows in sorted(kinds.items()):
        print_row(kind, rows)
    everything = [row for rows in kinds.values() for row in rows]
    print_row("all", everything)
    within = sum(read <= FIRST_READ for _, read in everything)
    print(f"\nat most {FIRST_READ // 1024} KiB: {within} of {len(everything)} images ({within / len(everything):.1%})")

    started = time.perf_counter()
    for _ in range(ROUNDS):
        for _, data in images:
            measure_by(reader(data))
    print(f"time: {(time.perf_counter() - started) / ROUNDS / len(images) * 1e6:.1f} us an image")


def print_row(kind: str, rows: list[tuple[int, int]]) -> None:
    whole, read = sum(row[0] for row in rows), sum(row[1] for row in rows)
    count, most = len(rows), max(row[1] for row in rows)
    print(f"{kind:22}{count:7}{whole / count / 1024:9.1f}{read / count / 1024:9.1f}{most / 1024:9.1f}{read / whole:8.1%}")


if __name__ == "__main__":
    main()
