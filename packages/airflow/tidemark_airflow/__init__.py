"""Airflow provider for Tidemark, the control plane for data completeness."""

__version__ = "0.1.0"


def get_provider_info():
    """What Airflow asks of the entry point `apache_airflow_provider`."""
    return {
        "package-name": "tidemark-airflow",
        "name": "Tidemark",
        "description": "Waits for complete hours of data, and reacts when they are completed or amended.",
        "versions": [__version__],
        "connection-types": [
            {"connection-type": "tidemark", "hook-class-name": "tidemark_airflow.hook.TidemarkHook"}
        ],
    }
