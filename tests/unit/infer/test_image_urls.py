"""Which URLs and paths look like those of images."""

import pytest

from linkcheck.infer.image_urls import has_image_extension, may_serve_image

EXTENSIONS = """
https://a.example/a.png https://a.example/a.JPG?w=1 https://a.example/?file=a.webp https://a.example/a.jpeg/b /a.gif a.svg
https://a.example/a.png.webp https://a.example/wiki/a.png https://a.example/wiki/a/b:c.png
"""
NO_EXTENSION = """
https://a.example/a.pngs https://a.example/a.png1 https://a.example/a.png.html https://a.example/a.png.htm
https://a.example/a.png.xhtml https://a.png/ https://a.png https://a.example/png https://a.example/wiki/File:a.png
https://a.example/WIKI/Datei:a.png /wiki/File:a.png
"""
SERVED = """
https://images.example/1 https://img2.a.example/1 https://a-cdn.example/1 https://a.static.example/1 https://i.a.example:8443/1
https://media.example https://avatar.a.example/x https://picsum.photos/200 https://placehold.co/1 https://placekitten.com/1
https://loremflickr.com/1 https://unavatar.io/a https://robohash.org/a https://api.dicebear.com/a
https://imagedelivery.net/a https://ik.imagekit.io/a https://a.imgix.net/b https://lh3.googleusercontent.com/a
https://d1.cloudfront.net/a https://s3.amazonaws.com/a https://scontent.fbcdn.net/a https://pbs.twimg.com/a
https://i.ytimg.com/a https://i.pinimg.com/a https://media.licdn.com/a https://yt3.ggpht.com/a
https://www.gravatar.com/a https://res.cloudinary.com/a https://x.ctfassets.net/a https://eu.graphassets.com/a
https://ucarecdn.com/a https://x.cdninstagram.com/a https://ui-avatars.com/a https://logo.clearbit.com/a
https://a.example/100x200 https://a.example/w_100/b https://a.example/b-1200x630 https://a.example/b?w=100 /b?a&height=5
https://a.example/b?imwidth=1 https://a.example/b?sz=1 https://a.example/b?size=2 https://a.example/b?dpr=2
https://a.example/b?fm=auto https://a.example/b?format=jpg https://a.example/b?format=webp https://a.example/b?auto=format
https://a.example/b?auto=compress https://a.example/b?fit=crop https://a.example/b?fit=scale /uploads/b
https://a.example/images/b https://a.example/img/b https://a.example/avatars/b https://a.example/thumbs/b
https://a.example/x/thumbnails/b https://a.example/assets/b/c https://a.example/cdn-cgi/b https://a.example/wp-content/b
https://a.example/IMAGES/one-two https://a.example/images/1-2-3 https://a.example/b?url=/images/c
"""
PLAIN = """
https://a.example/b https://imagesa.example/1 https://a.example/images/ https://a.example/images https://a.example/image
https://a.example/images/one-two-three https://a.example/100x20000 https://a.example/1x2 https://a.example/b?w=a
https://a.example/b?new=1 https://a.example/b?format=html https://a.example/b?auto=x https://cloudfront/b
https://a.example/wiki/File:100x200 https://a.example/wiki/Bild:b?w=100 images/b
https://a.example/b#w=1 https://a.example/gallery/b https://a.example/xw_100
"""


@pytest.mark.parametrize(("urls", "has"), [(EXTENSIONS, True), (NO_EXTENSION, False)])
def test_an_image_has_its_extension(urls: str, *, has: bool) -> None:
    assert [url for url in urls.split() if has_image_extension(url) is not has] == []


@pytest.mark.parametrize(("urls", "may"), [(SERVED, True), (PLAIN, False)])
def test_a_service_for_images_has_its_own_urls(urls: str, *, may: bool) -> None:
    assert [url for url in urls.split() if may_serve_image(url) is not may] == []
