"""Calendar feeds: what stands in the calendar of a person, a school, a group and the whole cluster. Pure: cluster in, events out.

Only what is published: the visits of published rotas and the meetings in the files. Never a finding, an absence or its reason, an
item of an agenda, a telephone number or a conflict. People are named as papers name them, and only to those who are concerned.
"""

from sigctl.reports.feeds.feed import Feed, all_feeds, feed_of, feed_of_cluster, feed_of_group, feed_of_person, feed_of_school

__all__ = [
    "Feed",
    "all_feeds",
    "feed_of",
    "feed_of_cluster",
    "feed_of_group",
    "feed_of_person",
    "feed_of_school",
]
