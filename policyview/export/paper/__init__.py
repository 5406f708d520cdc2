"""The comparison as it stands on paper: parts, tables and passages, before anybody knows the size of a page."""
