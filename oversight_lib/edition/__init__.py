"""The whole run: from the figures of one quarter to everything that is published about it."""

from oversight_lib.edition.building import Edition, Watch, build
from oversight_lib.edition.figures import assessment, back_test, with_words
from oversight_lib.edition.hands import OWN, Hands, on_a_cluster
from oversight_lib.edition.places import HOME, PROSE, WORDS
from oversight_lib.edition.printing import print_packs
from oversight_lib.edition.register import planned
from oversight_lib.edition.signing import candidate, clear_to_release, sign_off

__all__ = [
    "HOME",
    "OWN",
    "PROSE",
    "WORDS",
    "Edition",
    "Hands",
    "Watch",
    "assessment",
    "back_test",
    "build",
    "candidate",
    "clear_to_release",
    "on_a_cluster",
    "planned",
    "print_packs",
    "sign_off",
    "with_words",
]
