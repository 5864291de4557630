"""What happened, in words."""

from __future__ import annotations

from plugscope.plugin import short_type

from .catalog import Outcome
from .lookup import Get
from .plan import Plan
from .recording import CauseReason, Certainty, ErrorKind, MadeLookup, Recording, Step


def short_name(uri: str, plan: Plan | None = None) -> str:
    """The name people say: ``io.containerd.metadata.v1.bolt`` is ``metadata.bolt``."""
    position = None if plan is None else plan.position.get(uri)
    if plan is not None and position is not None:
        registration = plan.catalog.entries[position].registration
        return f"{short_type(registration.type)}.{registration.id}"
    head, dot, tail = uri.rpartition(".")
    return f"{short_type(head)}.{tail}" if dot and short_type(head) != head else short_type(uri)


def why_here(plan: Plan, position: int) -> str:
    """Why a plugin stands where it stands in the order."""
    entry = plan.catalog.entries[position]
    name = short_name(entry.uri, plan)
    if position in plan.disabled:
        return f"{name} is disabled: it has no place in the order."
    reason = plan.reason(position)
    place = plan.rank.get(position, -1) + 1
    if not reason.pulled_in_by:
        pulled = sum(1 for other in plan.puller if other == position)
        before = f", after the {pulled} it pulled forward" if pulled else ""
        turn = f"its own turn came (registered as number {position + 1}){before}"
        return f"{name} starts as number {place} because {turn}."
    puller = short_name(reason.pulled_in_by, plan)
    via = "everything else" if reason.via == "*" else f"its type, {short_type(reason.via)}"
    return f"{name} starts as number {place} because {puller} requires {via}, and so all of that type start first."


def tell_lookup(made: MadeLookup, plan: Plan | None = None) -> str:
    """What a lookup asked for and what came back."""
    lookup = made.lookup
    target = short_type(lookup.type) + (f".{lookup.id}" if lookup.id else "")
    asked = {
        Get.FIRST: f"asked for the first {target}",
        Get.SINGLE: f"asked for the single {target}",
        Get.BY_ID: f"asked for {target}",
        Get.BY_TYPE: f"asked for all of {short_type(lookup.type)}"
        + (f" and took {lookup.id}" if lookup.id else ""),
        Get.ALL: "asked for all plugins so far",
    }[lookup.get]
    if made.error:
        return f"{asked} and got an error: {made.error}"
    found = made.found
    if len(found) == 1:
        return f"{asked} and got {short_name(found[0], plan)}"
    return f"{asked} and got {len(found)}"


def tell_step(recording: Recording, step: Step) -> str:
    """The sentence for a step: what happened to the plugin, and why."""
    plan = recording.plan
    name = short_name(step.uri, plan)
    if step.outcome is Outcome.NOT_REACHED:
        return f"{name} is not reached: the boot ended before it."
    parts = [_came_out(step, name)]
    decisive = next((made for made in step.lookups if made.decisive), None)
    if decisive is not None and step.outcome is not Outcome.OK:
        parts.append(f"It {tell_lookup(decisive, plan)}.")
        parts.extend(_because(step, plan))
    elif step.outcome is not Outcome.OK and step.error:
        parts.append(f"Its own words: {step.error}.".replace("..", "."))
        if step.certainty is not Certainty.WILL:
            parts.extend(_because(step, plan))
    elif step.certainty is Certainty.MAY and step.causes:
        parts.append("Its lookups are not known.")
        parts.extend(_because(step, plan))
    elif step.lookups:
        parts.append(f"It {'; it '.join(tell_lookup(made, plan) for made in step.lookups[:3])}.")
    parts.extend(f"It {note}." for note in step.notes)
    return " ".join(parts)


def _came_out(step: Step, name: str) -> str:
    may = "may " if step.certainty is Certainty.MAY else ""
    number = f"Step {step.index + 1}: "
    if step.outcome is Outcome.OK:
        verb = "may start" if may else "would start" if step.certainty is Certainty.UNKNOWN else "starts"
        return f"{number}{name} {verb}."
    if step.outcome is Outcome.SKIP:
        return f"{number}{name} {'may skip' if may else 'skips'}."
    if step.kind is ErrorKind.TIMEOUT:
        return f"{number}{name} hangs."
    if step.kind is ErrorKind.CRASH:
        return f"{number}{name} takes the process along."
    return f"{number}{name} {'may fail' if may else 'fails'}."


def _because(step: Step, plan: Plan) -> list[str]:
    told = []
    for cause in step.causes[:3]:
        if cause.uri == step.uri:
            continue
        name = short_name(cause.uri, plan)
        told.append(
            {
                CauseReason.DISABLED: f"{name} is disabled.",
                CauseReason.NOT_REGISTERED: f"No {name} is registered.",
                CauseReason.SKIPPED_PROVIDER: f"{name} was skipped.",
                CauseReason.CONFIG: f"The configuration of {name} does not fit.",
            }.get(cause.reason, f"It began with {name}.")
        )
    return told
