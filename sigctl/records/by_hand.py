"""What becomes of a rule that a rota edited by hand breaks: it keeps the rota from being published, is told, or is let pass."""

from typing import Annotated, Literal

from pydantic import Field

from sigctl.records.fields import Means
from sigctl.records.record import Record

Weight = Annotated[
    Literal["block", "warn", "allow"],
    Means(
        {
            "block": "A rota that breaks the rule is not published.",
            "warn": "It is told, and the rota can be published.",
            "allow": "Nothing is said of it.",
        }
    ),
]


class Weights(Record):
    """For each rule what `sigctl rota check` and `publish` do about a rota edited by hand that breaks it.

    A rota that sigctl plans keeps every rule, whatever stands here.
    """

    visits: Weight = Field("block", description="A host of the cycle has no visit or two, or a school is visited that is no host.")
    reviewers: Weight = Field("block", description="Somebody is in a team who is no reviewer of a school that takes part.")
    window: Weight = Field("block", description="A visit is on days on which its host cannot be host, or of another length.")
    fixed: Weight = Field("block", description="A visit is not as it was fixed, or not as it was done.")
    availability: Weight = Field("block", description="Somebody is out on a day on which they are not available.")
    own_school: Weight = Field("block", description="Somebody reviews their own school.")
    conflicts: Weight = Field("block", description="Somebody reviews a school that they have a conflict with.")
    team: Weight = Field("block", description="A team is too small or too large.")
    leads: Weight = Field("block", description="A team has too few leads, or is led by somebody who is none.")
    trainees: Weight = Field("block", description="A team has too many trainees.")
    one_per_school: Weight = Field("block", description="Two members of a team come from one school.")
    swaps: Weight = Field("block", description="Two schools review each other.")
    return_after: Weight = Field("block", description="Somebody returns to a school too early.")
    visits_per_reviewer: Weight = Field("block", description="Somebody has too many visits.")
    days_between: Weight = Field("block", description="Two visits of a person lie too close together.")
    visits_per_week: Weight = Field("block", description="A week has too many visits.")
    visits_per_day: Weight = Field("block", description="A day has too many visits.")
    out_per_school: Weight = Field("block", description="Too many people of one school are out on a day.")
    host_stays_home: Weight = Field("block", description="A school sends somebody out while it is host.")
    welsh_speakers: Weight = Field("block", description="Too few in the team of a Welsh school speak Welsh.")
    cover_focus: Weight = Field("block", description="Nobody in a team knows a focus of its visit.")
    avoid_same_trust: Weight = Field("block", description="A member comes from a school of the host's trust.")
    other_authority: Weight = Field("block", description="A member comes from a school of the host's local authority.")
    same_phase: Weight = Field("block", description="A member comes from a school of another phase than the host.")
    similar_size: Weight = Field("block", description="A member's school and the host are too different in size.")
    new_triads: Weight = Field("block", description="A team comes from the same schools as the last one.")
    shadowing: Weight = Field("block", description="A trainee is in their first team without a lead to follow.")
    reserves: Weight = Field("block", description="A visit has a reserve who could not stand in. Too few of them break nothing.")
    stages: Weight = Field(
        "block", description="A step of a review is not when, or not led by whom, it can be. Too few who lead it break nothing."
    )
