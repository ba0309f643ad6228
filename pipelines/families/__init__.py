"""What is known of one CMS family's pages, shared by many sources: one module each where there is more than names."""
