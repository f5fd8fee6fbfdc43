"""The pages' views: read what was asked, call one action or build one page, answer."""
