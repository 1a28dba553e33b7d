"""Points and credit hours as people read them."""

from django.utils.translation import gettext as _


def hours_text(credit: int) -> str:
    """Hundredths of a 学时: 25 → 0.25, 150 → 1.5, −50 → −0.5."""
    text = f"{abs(credit) / 100:.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if credit < 0 else text


def signed(text: str, amount: int) -> str:
    """+5, −5."""
    return f"+{text}" if amount > 0 else text


def points_text(points: int) -> str:
    return signed(str(points) if points >= 0 else f"−{-points}", points)


def gain_text(points: int, credit: int) -> str:
    """+5 分 · +0.25 学时; what is 0 is left out."""
    parts = [_("%s 分") % points_text(points)] if points else []
    if credit:
        parts.append(_("%s 学时") % signed(hours_text(credit), credit))
    return " · ".join(parts)
