"""Which answers to “who decides” and “can they decide” are offered, and which are preselected."""

from __future__ import annotations

from app.domain.encounter import Capacity, ConsenterKind

ADULT_AGE = 18  # R5; below it nothing is taken for granted
DECIDERS = (
    ConsenterKind.PATIENT,
    ConsenterKind.PARENT,
    ConsenterKind.GUARDIAN,
    ConsenterKind.PROXY,
)


def is_adult(age: int | None) -> bool:
    """Whether the person is known to be of age."""
    return age is not None and age >= ADULT_AGE


def usual_decider(age: int | None) -> ConsenterKind | None:
    """An adult decides; for anybody else the question is asked without a proposal."""
    return ConsenterKind.PATIENT if is_adult(age) else None


def capacities(decider: ConsenterKind, age: int | None) -> tuple[Capacity, ...]:
    """What may be said about the person photographed when this person decides (R2, R6)."""
    child = not is_adult(age)
    if decider is ConsenterKind.PATIENT:
        return (Capacity.ABLE, Capacity.COMPETENT_CHILD) if child else (Capacity.ABLE,)
    others = (Capacity.NOT_ABLE, Capacity.TEMPORARILY_NOT_ABLE)
    return (Capacity.CHILD, *others) if child else others


def usual_capacity(decider: ConsenterKind, age: int | None) -> Capacity | None:
    """What is preselected: only where one answer is possible."""
    offered = capacities(decider, age)
    return offered[0] if len(offered) == 1 else None


def states_authority(decider: ConsenterKind) -> bool:
    """Whether the right to decide rests on a paper that was seen (R1)."""
    return decider in {ConsenterKind.GUARDIAN, ConsenterKind.PROXY}
