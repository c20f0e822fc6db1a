package dev.storyline.modeler.check;

import static dev.storyline.modeler.check.Severity.ERROR;
import static dev.storyline.modeler.check.Severity.INSIGHT;
import static dev.storyline.modeler.check.Severity.WARNING;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules of the check. The id of a rule never changes its meaning, because models waive rules by id. Ids that begin
 * with SM, and their severities, are those of the semantic validation rules of the Scalable Modeling metamodel v0.1. Those
 * that hold by construction in this format are no rules here.
 */
public enum CheckRule {
    FIELD_WITHOUT_ORIGIN(
            "field-without-origin",
            ERROR,
            "Every field comes from somewhere.",
            "Add the field where it should come from, or say 'from', 'computed' or 'generated'."),
    TYPE_CLASH(
            "type-clash",
            ERROR,
            "A copied field has the type of what it is copied from.",
            "Correct one of the types, or say 'computed' instead of 'from' where it is no copy."),
    FIELD_UNUSED(
            "field-unused",
            ERROR,
            "Every field is used for something.",
            "Use it (in a view, an event or a rule), take it away, or waive it with the reason."),
    NOT_CHECKABLE(
            "not-checkable",
            INSIGHT,
            "What a model does not say is not checked; it is told once for a context and a kind.",
            "Say it where it matters."),
    NOT_SCAFFOLDED(
            "not-scaffolded",
            INSIGHT,
            "A slice that is checked can be scaffolded, or the check says why not.",
            "Cut the slice as the sentence says, or write it by hand."),
    TYPE_MISSING("type-missing", WARNING, "Every field has a type.", "Say 'type:'."),
    COMMAND_WITHOUT_TRIGGER(
            "command-without-trigger",
            WARNING,
            "Every command is sent by somebody or something.",
            "Give its slice an actor, an event under 'on', a to-do list or a time, or let an automation dispatch it."),
    SLICE_WITHOUT_ACTOR(
            "slice-without-actor",
            WARNING,
            "Who may use a slice is said: over HTTP nobody else may.",
            "Name one actor or several under 'actor', or an event under 'on' where nobody uses it."),
    VIEW_UNREAD(
            "view-unread",
            WARNING,
            "Every view is read by somebody or something.",
            "Give its slice an actor, let a gatekeeper or an automation read it, or take it away."),
    VIEW_UNPRODUCED("view-unproduced", WARNING, "Every view is kept by a slice.", "Name it under 'view' of a slice."),
    EVENT_UNCONSUMED(
            "event-unconsumed",
            WARNING,
            "Every event matters to somebody: a slice shows it, reacts to it or decides from it.",
            "Name it under 'on' or 'folds' of a slice, or take it away."),
    EVENT_UNPRODUCED(
            "event-unproduced",
            WARNING,
            "Every event is recorded, and every public event published, by a slice.",
            "Name it under 'events' or 'publishes' of a slice."),
    RULE_READS_UNFOLDED(
            "rule-reads-unfolded",
            ERROR,
            "A rule decides only from what its slice has: the command, events it folds, and for a gatekeeper views it reads.",
            "Add the event to 'folds' or the view to the gatekeeper's 'reads'."),
    DEADLINE_WITHOUT_INSTANT(
            "deadline-without-instant",
            ERROR,
            "The instant of a deadline follows from the events that set its slice off.",
            "Name fields of events of 'on', one of them an instant or a date, or an event for the time of its record."),
    SLICE_WITHOUT_SPECIFICATION(
            "slice-without-specification",
            WARNING,
            "Every slice has a specification.",
            "Add a scenario under 'specifications'."),
    REJECTION_WITHOUT_SPECIFICATION(
            "rejection-without-specification",
            ERROR,
            "Every rule of a slice with specifications has one that shows it reject, and the slice one that passes.",
            "Add a scenario whose 'then' has 'rejected:' with the rule, and one without."),
    SPECIFICATION_UNKNOWN_FIELD(
            "specification-unknown-field",
            ERROR,
            "A specification names only fields that exist.",
            "Correct the name, or add the field."),
    SPECIFICATION_MISSING_FIELD(
            "specification-missing-field",
            ERROR,
            "A specification tells every field that is needed and has no example.",
            "Tell it, or give the field or its type an example."),
    SPECIFICATION_WHEN_IMPOSSIBLE(
            "specification-when-impossible",
            ERROR,
            "The 'when' of a specification is what sets its slice off.",
            "Name the slice's command, an event of its 'on', or, for its deadlines, the time that passes."),
    SPECIFICATION_THEN_IMPOSSIBLE(
            "specification-then-impossible",
            ERROR,
            "The 'then' of a specification can follow from its slice.",
            "Name what the slice records, publishes, dispatches or shows, or a rule of it."),
    SPECIFICATION_GIVEN_UNUSED(
            "specification-given-unused",
            WARNING,
            "What is given in a specification can matter to its slice.",
            "Take it away, or let the slice fold, show or read it."),
    SPECIFICATION_CONTRADICTS_ORIGIN(
            "specification-contradicts-origin",
            ERROR,
            "What a specification expects in a field is what the field's origin gives.",
            "Correct the value or the origin; 'computed' instead of 'from' where it is no copy."),
    VALUE_OF_WRONG_TYPE(
            "value-of-wrong-type",
            ERROR,
            "Values and examples are of their field's type.",
            "Correct the value, or the type."),
    NOT_BALANCED(
            "not-balanced",
            ERROR,
            "The amounts of a balanced list sum to zero in every scenario, those of each unit for themselves.",
            "Correct the amounts; waive it at the slice where a scenario shows what is wrong."),
    BALANCED_WITHOUT_AMOUNTS(
            "balanced-without-amounts",
            ERROR,
            "A balanced field is a list of things that have amounts: decimals in a group of fields.",
            "Take 'balanced' away, or correct the type."),
    WAIVER_WITHOUT_REASON("waiver-without-reason", ERROR, "A waiver has a reason.", "Say why the rule does not hold."),
    WAIVER_OF_UNKNOWN_RULE(
            "waiver-of-unknown-rule", ERROR, "A waiver names a rule of the check.", "Correct the rule's id."),
    WAIVER_UNUSED("waiver-unused", WARNING, "A waiver waives something.", "Take it away."),

    SM010(
            "SM010",
            ERROR,
            "A gatekeeper stands in front of a command.",
            "Name the command, or take the gatekeeper away."),
    SM011(
            "SM011",
            ERROR,
            "A gatekeeper changes nothing: its slice keeps no view.",
            "Move the view into a slice of its own."),
    SM012(
            "SM012",
            ERROR,
            "A command handler handles a command: no rules and no folded events without one.",
            "Name the command that the event leads to."),
    SM013(
            "SM013",
            ERROR,
            "A command handler records into one consistency boundary, which is one stream.",
            "Split the slice, or waive with the reason why the streams must change together."),
    SM014(
            "SM014",
            ERROR,
            "An event handler is set off by events, not by a person.",
            "Give the person a command in a slice of its own."),
    SM016("SM016", ERROR, "A query handler handles no command.", "Move the command into a slice of its own."),
    SM017(
            "SM017",
            ERROR,
            "A query handler has no effects.",
            "Move what it records, publishes, dispatches or calls into a slice of its own."),
    SM018("SM018", WARNING, "A query handler serves one view.", "Give every view its slice, or make one view of them."),
    SM020(
            "SM020",
            WARNING,
            "A public event is promised by one context.",
            "Let one context own it, or name the two events apart."),
    SM030(
            "SM030",
            ERROR,
            "A command model is folded from one stream.",
            "Split the slice, or waive with the reason why it must decide from several."),
    SM031(
            "SM031",
            WARNING,
            "Once streams are modelled, everything that a command records belongs to one.",
            "Say 'stream:' at the event."),
    SM033(
            "SM033",
            INSIGHT,
            "A view can be traced to the events that it is made of.",
            "Name the events under 'on' of its slice."),
    SM040(
            "SM040",
            INSIGHT,
            "A gatekeeper that reads a view may decide by what is no longer so.",
            "Make sure that the command handler keeps every rule that must always hold."),
    SM041(
            "SM041",
            WARNING,
            "Feedback loops across boundaries, and events that trigger themselves, are looked at.",
            "Examine ordering, stale state, duplicates and what happens in replays; waive with what you found.");

    private static final Map<String, CheckRule> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(CheckRule::id, Function.identity()));

    private final String id;
    private final Severity severity;
    private final String sentence;
    private final String advice;

    CheckRule(String id, Severity severity, String sentence, String advice) {
        this.id = id;
        this.severity = severity;
        this.sentence = sentence;
        this.advice = advice;
    }

    /** Returns the rule with this id. */
    public static Optional<CheckRule> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** Returns the ids of all rules, unordered. */
    static java.util.Set<String> ids() {
        return BY_ID.keySet();
    }

    /** Returns the id that models use in waivers. */
    public String id() {
        return id;
    }

    public Severity severity() {
        return severity;
    }

    /** Returns the statement that the rule demands. */
    public String sentence() {
        return sentence;
    }

    /** Returns the remedy. */
    public String advice() {
        return advice;
    }
}
