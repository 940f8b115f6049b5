"""Commands; each a few lines over an engine or an app."""
