"""stub"""
from dataclasses import dataclass
from hearth.engines.gongwen.layout import compose
from hearth.engines.gongwen.profile import Profile
@dataclass(frozen=True)
class Fit:
    line: int = 0
@dataclass(frozen=True)
class Pages:
    pieces: tuple
    profile: Profile
def fitted(paper, profile, files, fit):
    return Pages(compose(paper, profile), profile)
