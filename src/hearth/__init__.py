"""Hearth (众创之家): the working home of a city's Association for Science and Technology."""
