"""One module a CMS family: how its pages are recognised and where its fields stand."""
