"""The closed vocabularies of demonstrations (실증), pitch competitions (IR 대회) and of what came of what."""

from enum import StrEnum


class RegulatoryPath(StrEnum):
    RAPID_CONFIRMATION = "rapid_confirmation"
    TEST_EXEMPTION = "test_exemption"
    TEMPORARY_PERMIT = "temporary_permit"


class DemonstrationStage(StrEnum):
    PREPARED = "prepared"
    RUNNING = "running"
    COMPLETED = "completed"
    CERTIFIED = "certified"
    STOPPED = "stopped"


class Verdict(StrEnum):
    SUCCEEDED = "succeeded"
    PARTLY = "partly"
    FAILED = "failed"


class PitchRound(StrEnum):
    APPLIED = "applied"
    SCREENED = "screened"
    FINALS = "finals"


class PitchStatus(StrEnum):
    RUNNING = "running"
    AWARDED = "awarded"
    OUT = "out"
    WITHDRAWN = "withdrawn"
