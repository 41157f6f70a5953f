"""sigctl runs a cluster of schools from YAML files: rotas of peer-review visits, agendas, reminders, calendars.

The floors, from the ground up (tests/test_floors.py keeps them):

    F0  problem, source, words, nearest, silence, term_dates   know no schools
    F1  records                                        what people may write
    F2  cluster                                        the joined picture, and the one door to it
    F3  checks, rota                                   what is wrong; which visits, when, by whom
    F4  reports, render, deliver                       what a page shows; how it looks; where it goes
    F5  commands                                       the terminal
"""

__version__ = "0.1.0"
