"""A model's report, as JSON and as a page that stands alone."""
