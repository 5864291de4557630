"""What happened, in words."""

from __future__ import annotations

import re

from plugscope.plugin import Registration, SkipPlugin, short_type

from .catalog import Outcome
from .lookup import Get
from .plan import Plan
from .recording import Cause, CauseReason, Certainty, ErrorKind, MadeLookup, Recording, Step
from .walk import Move, WalkEvent

_VERSION = re.compile(r"\.v\d+$")
"""Ends a type, as against the URI of a plugin."""


def short_name(uri: str, plan: Plan | None = None) -> str:
    """The name people say: ``io.containerd.metadata.v1.bolt`` is ``metadata.bolt``."""
    position = None if plan is None else plan.position.get(uri)
    if plan is not None and position is not None:
        registration = plan.catalog.entries[position].registration
        return _joined(short_type(registration.type), registration.id)
    if uri == ".":
        return _joined("", "")
    if _VERSION.search(uri):
        return short_type(uri)
    head, dot, tail = uri.rpartition(".")
    return f"{short_type(head)}.{tail}" if dot and short_type(head) != head else short_type(uri)


NO_TYPE, NO_ID = "(no type)", "(no id)"
"""What people are shown of a plugin that lacks one: a daemon would refuse it, a manifest can hold it."""


def full_name(registration: Registration) -> str:
    """A plugin's URI for people."""
    return _joined(registration.type, registration.id)


def _joined(type_: str, id_: str) -> str:
    if not type_ and not id_:
        return "(no type, no id)"
    return f"{type_ or NO_TYPE}.{id_ or NO_ID}"


def why_here(plan: Plan, position: int) -> str:
    """Why a plugin stands where it stands in the order."""
    entry = plan.catalog.entries[position]
    name = short_name(entry.uri, plan)
    if position in plan.disabled:
        location = plan.catalog.locations.get(entry.uri)
        return f"{name} is disabled{f' at {location}' if location else ''}: it has no place in the order."
    reason = plan.reason(position)
    start = f"{name} starts as number {plan.rank.get(position, -1) + 1}"
    if reason.pulled_in_by:
        puller = short_name(reason.pulled_in_by, plan)
        if reason.via == "*":
            return (
                f"{start}, pulled forward: {puller} requires everything else, so all others start before it."
            )
        via = short_type(reason.via)
        return f"{start}, pulled forward: {puller} requires {via}, so all of that type start before it."
    pulled = sum(1 for other in plan.puller if other == position)
    after = f", after the {'one plugin' if pulled == 1 else f'{pulled} plugins'} that it pulled forward"
    return f"{start} in its own turn: it was registered as number {position + 1}{after if pulled else ''}."


def tell_lookup(made: MadeLookup, plan: Plan | None = None) -> str:
    """What a lookup asked for and what came back, without a subject: "asked for … and got …"."""
    lookup = made.lookup
    type_ = short_type(lookup.type)
    asked = {
        Get.FIRST: f"asked for the first {type_} plugin",
        Get.SINGLE: f"asked for the single {type_} plugin",
        Get.BY_ID: f"asked for {type_}.{lookup.id}",
        Get.BY_TYPE: f"asked for all {type_} plugins",
        Get.ALL: "asked for all plugins so far",
    }[lookup.get]
    found = made.found
    one = "" if len(found) != 1 else short_name(found[0], plan)
    by_id = lookup.get is Get.BY_ID
    if made.error:
        # With min or id it is the init function that finds fault with what it was given.
        is_theirs = one and not (lookup.get is Get.BY_TYPE and (lookup.min or lookup.id))
        whose = "an error" if not is_theirs else "its error" if by_id else f"the error of {one}"
        return f"{asked} and got {whose}: {made.error}"
    got = f"{asked} and got {'it' if by_id else one or len(found) or 'none'}"
    return f"{got}, to take {lookup.id}" if lookup.id and lookup.get is Get.BY_TYPE else got


def tell_step(recording: Recording, step: Step) -> str:
    """The sentences for a step: what happened to the plugin, why it came now, and why it came out so."""
    plan = recording.plan
    name = short_name(step.uri, plan)
    if step.outcome is Outcome.NOT_REACHED:
        if step.certainty is Certainty.MAY:
            return f"{name} may not be reached: the boot may end before it."
        return f"{name} is not reached: the boot ended before it."
    parts = [_sentence(f"Step {step.index + 1}: {name} {_came_out(step)}")]
    reason = plan.reason(step.position)
    if reason.pulled_in_by:
        required = "everything else" if reason.via == "*" else "its type"
        parts.append(f"It came now because {short_name(reason.pulled_in_by, plan)} requires {required}.")
    parts.extend(_why_so(step, plan))
    parts.extend(_sentence(f"It {note}") for note in step.notes)
    return " ".join(parts)


def _sentence(text: str) -> str:
    """With a full stop, unless it ends in one of its own."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _came_out(step: Step) -> str:
    may = step.certainty is Certainty.MAY
    if step.outcome is Outcome.OK:
        doubt = {Certainty.MAY: ", but that is not sure", Certainty.UNKNOWN: ", as far as is known"}
        return f"starts{doubt.get(step.certainty, '')}"
    if step.outcome is Outcome.SKIP:
        return "may skip" if may else "skips"
    if step.kind is ErrorKind.TIMEOUT:
        return f"hangs: it {step.error}"
    if step.kind is ErrorKind.CRASH:
        return f"takes the process along: {step.error}"
    if step.kind is ErrorKind.CONFIG:
        return f"does not start, because its configuration does not fit: {step.error}"
    return "may fail" if may else "fails"


def _why_so(step: Step, plan: Plan) -> list[str]:
    """Why it came out as it did."""
    decisive = next((made for made in step.lookups if made.decisive), None)
    if step.outcome is Outcome.OK:
        return _lookups(step, plan)
    if decisive is not None:
        return [_sentence(f"It {tell_lookup(decisive, plan)}"), *_because(step, plan)]
    if step.kind is not ErrorKind.RAISED:
        return []
    if step.certainty is Certainty.MAY and not step.error:
        return [
            "What it looks up is not known, but types that it requires are in trouble.",
            *_because(step, plan),
        ]
    if step.outcome is Outcome.SKIP:
        told = "It gives no reason." if step.error == SkipPlugin.text else f"Its reason: {step.error}"
        return [_sentence(told), *_because(step, plan)]
    return [_sentence(f"Its error: {step.error}"), *_because(step, plan)]


def _lookups(step: Step, plan: Plan) -> list[str]:
    if not step.lookups:
        return []
    told = "; it ".join(tell_lookup(made, plan) for made in step.lookups[:3])
    more = len(step.lookups) - 3
    if more > 0:
        told += f"; and it made {'one more lookup' if more == 1 else f'{more} more lookups'}"
    return [_sentence(f"It {told}")]


def _because(step: Step, plan: Plan) -> list[str]:
    others = [cause for cause in step.causes if cause.uri != step.uri]
    told = [_cause(cause, plan) for cause in others[:3]]
    if len(others) > 3:
        told.append(f"So it is with {len(others) - 3} more.")
    return told


def _cause(cause: Cause, plan: Plan) -> str:
    name = short_name(cause.uri, plan)
    if cause.reason is CauseReason.NOT_REGISTERED and _VERSION.search(cause.uri):
        return f"No {name} plugin is registered."
    return {
        CauseReason.DISABLED: f"{name} is disabled.",
        CauseReason.NOT_REGISTERED: f"{name} is not registered.",
        CauseReason.SKIPPED_PROVIDER: f"{name} was skipped.",
        CauseReason.CONFIG: f"The configuration of {name} does not fit.",
    }.get(cause.reason, f"It began with {name}, which failed.")


def tell_move(event: WalkEvent, plan: Plan) -> str:
    """The sentence for one move of the walk that orders (``plugscope.boot.walk``)."""
    entries = plan.catalog.entries
    name = short_name(entries[event.position].uri, plan)
    type_ = "everything else" if event.type == "*" else short_type(event.type)
    if event.move is Move.RING:
        ring = " → ".join(short_name(entries[p].uri, plan) for p in (*event.stack, event.stack[0]))
        return f"{name} is required while it waits itself: {ring} is a ring, and the walk cannot go on."
    return {
        Move.TURN: f"It is the turn of {name}.",
        Move.PASSED: f"It is the turn of {name}, which was pulled forward before.",
        Move.REQUIRES: f"{name} requires {type_}.",
        Move.ALREADY: f"{name} has its place already.",
        Move.PULLED: f"{name} has no place yet: it is pulled forward.",
        Move.PLACED: f"All that {name} requires has a place: it is the next to start.",
    }[event.move]
