"""The page's server: on this machine only, unless a name and a password are demanded."""

from __future__ import annotations

import os
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from assistant.api import Assistant
from index.errors import ExtraMissing, WebInvalid

HERE = Path(__file__).parent
_OWN_NAMES = ("127.0.0.1", "localhost", "::1", "[::1]")


def serve(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860, auth: str | None = None) -> Any:
    """Begin to serve the page; ``auth`` is "name:password". Gives back Gradio's blocks, which can be waited for.

    Raises WebInvalid for an address that others reach without ``auth``, and for a port that is taken; ExtraMissing
    without Gradio.
    """
    if find_spec("gradio") is None:
        raise ExtraMissing("the page needs gradio: pip install 'article-assistant[web]'")
    if not _is_loopback(host) and not auth:
        raise WebInvalid(
            f"{host} can be reached from other machines, and whoever reaches it could read and remove articles; "
            "require a name and a password: assistant web --host HOST --auth NAME:PASSWORD"
        )
    if auth is not None and not all(auth.partition(":")):
        raise WebInvalid(f"--auth is {auth!r}; write it as NAME:PASSWORD")
    # Read by Gradio when it is imported: without them it asks hosts outside.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from assistant.web.page import CONCURRENCY, build

    blocks = build(assistant, own=auth is None)
    blocks.queue(default_concurrency_limit=CONCURRENCY)
    name, _, password = (auth or "").partition(":")
    own = [*_OWN_NAMES, host]
    try:
        blocks.launch(
            server_name=host,
            server_port=port,
            auth=(name, password) if auth else None,
            share=False,
            quiet=True,
            prevent_thread_lock=True,
            css_paths=HERE / "style.css",
            footer_links=["api"],
            ssr_mode=False,
            # A page elsewhere that gives its own name this machine's address could else read the archive.
            app_kwargs={"middleware": [] if auth else [Middleware(TrustedHostMiddleware, allowed_hosts=own)]},
        )
    except OSError as error:
        raise WebInvalid(
            f"the page cannot be served at {host}:{port}: {error}; try: assistant web --port 7861"
        ) from error
    return blocks


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
