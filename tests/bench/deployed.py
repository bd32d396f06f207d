"""The load on the story as it is deployed: the app alone, and behind nginx as `.ci/deploy/` has it."""

from __future__ import annotations

import re
import tempfile
import urllib.request
from pathlib import Path

from tests.bench.sessions import Held, measure_held
from tests.bench.wrk import Load, measure_load
from tests.deploy.proxied import pack_copy, run_proxied
from tests.running import export_story


def measure_deployed(wrk: str) -> tuple[dict[str, Load], Held]:
    """Give the load on the bare page and its largest script, by what was asked of whom; and what open sessions keep.

    nginx's limits are lifted: all of the load comes from one address.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        copy = export_story(home / "copy")
        pack_copy(copy)
        with run_proxied(home, copy, limits=False) as running:
            held = measure_held(f"{running.url}/story", running.app.pid)  # first: a load leaves memory behind
            page = "/story/embed/"
            with urllib.request.urlopen(f"{running.app_url}{page}", timeout=30) as answer:
                script = re.search(rb'src="(assets/map\.[^"]+)"', answer.read())
            if script is None:
                raise RuntimeError("The bare page names no map.")
            asked = {
                "/embed/, the app alone": f"{running.app_url}{page}",
                "/embed/, behind nginx": f"{running.url}{page}",
                "its map.js, the app alone": f"{running.app_url}{page}{script[1].decode()}",
                "its map.js, behind nginx": f"{running.url}{page}{script[1].decode()}",
                "a copy's page, by nginx": f"{running.url}/copy/",
            }
            loads = {what: measure_load(wrk, url) for what, url in asked.items()}
            return loads, held
