"""The people of a plan: whom a figure counts, what each has reached, who is not counted and why.

Of a frozen plan the lists are what the freeze wrote; of any other they are judged now. Whoever
calls this has asked `federations.scope` whether the place may be seen.
"""

from learning.people.figures import FIGURES, STATES, STUCK_AFTER, Figure, State
from learning.people.listing import (
    count_figures,
    count_states,
    list_people,
    rows_between,
    team_of,
)
from learning.people.moments import read_moment
from learning.people.person import Person
from learning.people.spot import Spot

__all__ = [
    "FIGURES",
    "STATES",
    "STUCK_AFTER",
    "Figure",
    "Person",
    "Spot",
    "State",
    "count_figures",
    "count_states",
    "list_people",
    "read_moment",
    "rows_between",
    "team_of",
]
