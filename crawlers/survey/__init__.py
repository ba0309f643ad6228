"""What a site is: how it lists its bulletins and what their addresses are. Deterministic, asks nobody but the site."""

from crawlers.survey.findings import Findings, FoundWay, Sampled
from crawlers.survey.site import survey

__all__ = ["Findings", "FoundWay", "Sampled", "survey"]
