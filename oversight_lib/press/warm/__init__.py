"""Warm kernels: each page in a fresh process, forked from one that has imported everything.

    the run (ready) ── starts ──> the server: imports, rehearses, waits
    a worker (engine, kernel) ── connects ──> the server forks ──> the page's own (cells)

The kernel is ipykernel's own without its sockets: what it would publish goes down one connection,
and nbclient puts it into the notebook. So a page is the same bytes as with an ordinary kernel, and
a process is a page's own; only the start is saved.
"""
