"""What a run says on the terminal: its own sentences, not Dagster's events, which are in the UI."""

import logging

import dagster as dg

from dagster_project.display import visible


class _Sentences(logging.StreamHandler):  # type: ignore[type-arg]
    def format(self, record: logging.LogRecord) -> str:
        meta = getattr(record, "dagster_meta", None) or {}
        said = meta.get("orig_message") if isinstance(meta, dict) else None
        return f"bantin: {visible(str(said or record.getMessage()))}"


@dg.logger(dg.Field(str, is_required=False, default_value="INFO", description="From this level on."))
def people_log(context: dg.InitLoggerContext) -> logging.Logger:
    """Sentences of steps, from INFO on, to stderr."""
    log = logging.Logger("bantin.run", level=str(context.logger_config))
    log.addHandler(_Sentences())
    return log
