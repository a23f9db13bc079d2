from __future__ import annotations

from tidemark_airflow.client import Refused, TidemarkClient, Unavailable
from tidemark_airflow.compat import BaseHook, aget_connection


class TidemarkHook(BaseHook):
    """A connection of type `tidemark`: host is Tidemark's URL, password is a token with the scope `read`."""

    conn_name_attr = "tidemark_conn_id"
    default_conn_name = "tidemark_default"
    conn_type = "tidemark"
    hook_name = "Tidemark"

    def __init__(self, tidemark_conn_id=default_conn_name, **kwargs):
        super().__init__(**kwargs)
        self.tidemark_conn_id = tidemark_conn_id

    @classmethod
    def get_ui_field_behaviour(cls):
        return {
            "hidden_fields": ["schema", "login", "extra"],
            "relabeling": {"host": "URL", "password": "Token"},
            "placeholders": {"host": "https://tidemark.example.com", "password": "tm_…"},
        }

    def get_conn(self):
        return _client(self.get_connection(self.tidemark_conn_id))

    async def aget_conn(self):
        """The same in a triggerer, whose loop must not be blocked."""
        return _client(await aget_connection(self.tidemark_conn_id))

    def test_connection(self):
        """For the button "Test" of Airflow's connection form."""
        try:
            status = self.get_conn().get("/status")
        except (Refused, Unavailable) as error:
            return False, str(error)
        return True, f"Tidemark {status['version']} responds and accepts the token."


def _client(connection):
    host = (connection.host or "").strip()
    if not host:
        raise Refused(f"The connection {connection.conn_id} has no host. Set it to Tidemark's URL.")
    if not connection.password:
        raise Refused(f"The connection {connection.conn_id} has no password. Set it to a token with the scope `read`.")
    url = host if "://" in host else f"{connection.schema or 'https'}://{host}"
    if not url.startswith(("http://", "https://")):
        raise Refused(f"The host of the connection {connection.conn_id} is {host}. Set it to an http or https URL.")
    return TidemarkClient(f"{url.rstrip('/')}:{connection.port}" if connection.port else url, connection.password)
