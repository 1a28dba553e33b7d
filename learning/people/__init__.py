"""The people of a plan: whom a figure counts, what each has reached, who is not counted and why.

Of a frozen plan the lists are what the freeze wrote; of any other they are judged now. Whoever
calls this has asked `federations.scope` whether the place may be seen.
"""

from learning.people.figures import FIGURES, STATES, STUCK_AFTER, Figure, State
from learning.people.listing import (
    PeoplePage,
    count_states,
    list_people,
    read_page,
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
    "PeoplePage",
    "Person",
    "Spot",
    "State",
    "count_states",
    "list_people",
    "read_moment",
    "read_page",
    "rows_between",
    "team_of",
]
