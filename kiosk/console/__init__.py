"""The browser's door: staff pages, call display, JSON API. The only part that knows Litestar."""
