# SPDX-License-Identifier: Apache-2.0
"""A case: its name in the study of the inits' own test suites, what it asks for, how it is played."""

import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Case:
    """`play` gets a Scene; it raises Wrong, or NotOffered where the init has no such feature."""

    name: str
    title: str
    play: typing.Callable
    # Why indexrun deliberately does otherwise; it must then not do what the case asks for.
    choice: str = ""


def collector():
    """(list of cases, decorator that adds one)."""
    cases = []

    def case(name, title, choice=""):
        def add(play):
            cases.append(Case(name, title, play, choice))
            return play
        return add

    return cases, case
