"""Start the shop without Plugscope's window: ``python -m shop`` in the folder ``resources/examples``."""

from __future__ import annotations

import argparse
import logging
import tempfile
import threading

from plugscope.plugin import Boot, PluginSet, is_skip_plugin

from .system import CART, SALE, registry


def main(arguments: list[str] | None = None) -> int:
    """Boot, tell how each plugin came out, sell a pot of tea if that is possible, and close. 1 if something failed."""
    parser = argparse.ArgumentParser(prog="python -m shop", description="A small web shop made of plugins.")
    parser.add_argument("--root", help="the folder for what lasts (default: one that is removed at the end)")
    parser.add_argument("--sandbox", action="store_true", help="take the cards of a test bank")
    parser.add_argument("--serve", action="store_true", help="keep serving until Ctrl-C")
    chosen = parser.parse_args(arguments)
    logging.getLogger("plugscope.boot").addHandler(logging.NullHandler())  # the table below says the same
    with tempfile.TemporaryDirectory() as scratch:
        boot = Boot(
            registry,
            root=chosen.root or f"{scratch}/root",
            state=f"{scratch}/state",
            config={"shop.payment.v1.card": {"sandbox": chosen.sandbox}},
        )
        try:
            plugins = boot.run()
            tell(plugins)
            sell(plugins)
            if chosen.serve:
                wait()
        finally:
            boot.close()
    return 1 if any(plugin.err is not None and not is_skip_plugin(plugin.err) for plugin in plugins) else 0


def tell(plugins: PluginSet) -> None:
    """One line a plugin."""
    for plugin in plugins:
        outcome = "ok" if plugin.err is None else "skip" if is_skip_plugin(plugin.err) else "error"
        detail = plugin.err or ", ".join(f"{key}={value}" for key, value in plugin.meta.exports.items())
        print(f"{outcome:6} {plugin.registration.uri:30} {detail}".rstrip())


def sell(plugins: PluginSet) -> None:
    """Buy something, where carts and checkout came up."""
    shelf, checkout = plugins.get(CART, "shelf"), plugins.get(SALE, "checkout")
    if shelf is None or checkout is None or shelf.err is not None or checkout.err is not None:
        print("nothing can be sold")
        return
    shelf.instance().put("first", "tea", 2)
    print(f"sold two teas: {checkout.instance().pay('first')}")


def wait() -> None:
    """Until Ctrl-C."""
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    raise SystemExit(main())
