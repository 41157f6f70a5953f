"""The timetable: which days each school is visited on, and by whom. Sees the cluster, and no page, file or terminal."""
