"""Records with pictures of their pages in, one self-contained HTML page out."""

from service.report.page import page

__all__ = ["page"]
