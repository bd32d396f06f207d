"""A window of WebKit that WebKitWebDriver opens and drives: nothing but the page. Run by the system's Python.

`window.py --version` says which WebKit; `--still` asks for reduced motion; `--watch FILE` runs a script in every
document before its own, and prints what that posts to `fault`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 - after their versions were chosen

VERSION = (WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())


class Windows:
    """The windows of one browser that forgets everything."""

    def __init__(self, watch: str) -> None:
        self.context = WebKit2.WebContext.new_ephemeral()
        self.context.set_automation_allowed(True)
        self.context.connect("automation-started", self.start)
        self.content = WebKit2.UserContentManager()
        self.content.register_script_message_handler("fault")
        self.content.connect("script-message-received::fault", self.tell)
        everywhere, first = WebKit2.UserContentInjectedFrames.ALL_FRAMES, WebKit2.UserScriptInjectionTime.START
        self.content.add_script(WebKit2.UserScript.new(watch, everywhere, first, None, None))

    def start(self, _context: Any, session: Any) -> None:
        """Say who we are: the name is the one that the driver asks for."""
        info = WebKit2.ApplicationInfo()
        info.set_name("MiniBrowser")
        info.set_version(*VERSION)
        session.set_application_info(info)
        session.connect("create-web-view", lambda _session: self.open())

    def open(self, opener: Any = None) -> Any:
        """Open a window as bare as a page of paper; `opener` is the view whose page asked for it, if one did."""
        kin = {"related_view": opener} if opener else {"web_context": self.context}
        view = WebKit2.WebView(is_controlled_by_automation=True, user_content_manager=self.content, **kin)
        # No graphics card stands behind this screen, and imitating one costs twice the time.
        view.get_settings().set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
        view.connect("create", lambda asking, _action: self.open(asking))
        window = Gtk.Window(decorated=False, default_width=800, default_height=600)
        view.connect("close", lambda _view: window.destroy())
        window.add(view)
        window.show_all()
        return view

    def tell(self, _content: Any, message: Any) -> None:
        """Print what the script that watches has posted."""
        print(message.get_js_value().to_string(), file=sys.stderr, flush=True)


def main() -> None:
    """Open what the driver asks for, until it ends us."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", action="version", version="WebKitGTK {}.{}.{}".format(*VERSION))
    parser.add_argument("--still", action="store_true")
    parser.add_argument("--watch", type=Path, required=True)
    asked = parser.parse_args()
    Gtk.Settings.get_default().set_property("gtk-enable-animations", not asked.still)
    windows = Windows(asked.watch.read_text(encoding="utf-8"))
    Gtk.main()
    del windows  # held until here


if __name__ == "__main__":
    main()
