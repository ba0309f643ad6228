"""What joins the packages. Knows neither Dagster nor the command line."""
