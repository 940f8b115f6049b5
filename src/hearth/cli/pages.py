"""The web server of ./hearth up."""

from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication


class Server(BaseApplication):  # type: ignore[misc]  # it has no types
    """Gunicorn on one port of this machine, with the pages of this process."""

    def __init__(self, port: int) -> None:
        self._port = port
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings().items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        from hearth.config.wsgi import application

        return application

    def _settings(self) -> dict[str, object]:
        return {
            "bind": f"127.0.0.1:{self._port}",
            "preload_app": True,
            "workers": 2,
            "threads": 4,
            "worker_class": "gthread",
            "control_socket_disable": True,
            "loglevel": "warning",
        }
