"""How wide a text is, known without Qt: cards are sized where no font can be asked.

The advances are DejaVu Sans', in thousandths of the font size. It is a wide face: a text that fits in it fits
in the usual interface fonts, and the painter elides what does not fit all the same.
"""

from __future__ import annotations

from unicodedata import east_asian_width

_REGULAR = (
    "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636 "
    "337 337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 "
    "611 732 684 989 685 611 685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 "
    "634 612 635 635 411 521 392 634 592 818 592 592 525 636 337 636 838"
)
_BOLD = (
    "348 456 521 838 696 1002 872 306 457 457 523 838 380 415 380 365 696 696 696 696 696 696 696 696 696 696 "
    "400 400 838 838 838 580 1000 774 762 734 830 683 683 821 837 372 372 775 637 995 837 850 733 850 770 720 "
    "682 812 774 1103 771 724 725 457 365 457 838 500 500 675 716 593 716 678 435 716 712 343 343 665 343 1042 "
    "712 687 716 716 493 595 478 712 652 924 645 652 582 712 365 712 838"
)


def _table(advances: str) -> dict[str, int]:
    return {chr(32 + place): int(advance) for place, advance in enumerate(advances.split())}


_ADVANCES = {False: _table(_REGULAR), True: _table(_BOLD)}
_NARROW, _WIDE = 700, 1050


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in the unit of ``size`` (the font's size: pixels, points)."""
    advances = _ADVANCES[bold]
    try:
        total = sum(map(advances.__getitem__, text))
    except KeyError:
        total = sum(advances.get(sign, 0) or _guess(sign) for sign in text)
    return total * size / 1000


def _guess(sign: str) -> int:
    return _WIDE if east_asian_width(sign) in "WF" else _NARROW
