"""From a survey of a site to the source file a person would write: family, layout, rhythm, text, fixtures."""
