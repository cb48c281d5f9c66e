"""Many bodies: an area's reports gathered, checked, compared and added up; only the command imports it."""
