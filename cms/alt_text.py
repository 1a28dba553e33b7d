"""Whether words describe a picture, or only name its file. Pure."""

import re

FILE_NAME = re.compile(
    r"""(?ix)
    # 现场.jpg
    .*\.(jpe?g|png|gif|webp|bmp|tiff?|emf|wmf|heic|avif) |
    # C:\图\1
    [a-z]:\\.* |
    # IMG_2034, 图片 1, 微信图片_20240308(2)
    (img|dsc|dscn|p|pic|image|photo|picture|screenshot|mmexport|wx_camera
    |图片|图像|照片|截图|微信图片|屏幕截图)[-_.\s()（）\d]* |
    # 20240308
    [-_.\d\s]+
    """
)
# What Word writes by itself.
GENERATED = re.compile(r"(?i)(自动生成|automatically generated|alt text generated)")


def is_description(text: str) -> bool:
    words = text.strip()
    return bool(words) and not FILE_NAME.fullmatch(words) and not GENERATED.search(words)
