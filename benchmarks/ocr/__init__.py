"""OCR quality on labelled scans."""
