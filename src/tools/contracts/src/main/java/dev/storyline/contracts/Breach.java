package dev.storyline.contracts;

import dev.storyline.model.Element.Kind;

/**
 * One way in which a schema breaks its released contract.
 *
 * @param field the path of the field, {@code crewHours[].hours}
 * @param rule the kind of change that is not allowed
 * @param was the released schema at this path
 * @param is the schema that the types give now
 */
record Breach(String field, BreachKind rule, String was, String is) {
    /**
     * The changes that are not allowed within one schema version. Newer and older code both read stored and published
     * events, so only a new optional field is allowed there. Clients that know the released form read a view in its current
     * form: a view may promise more, never less, and an enum of a view may get a new word. Clients that know the released
     * form send commands: a command may require less, never more, and the endpoint refuses a field that it does not know.
     */
    enum BreachKind {
        REMOVED("was removed", "Readers and senders of the field fail."),
        RETYPED("has another type", "A value that was written with the old type cannot be read with the new type."),
        NEW_AND_REQUIRED("is new and required", "Stored events and present clients do not have it."),
        REQUIRED_NOW(
                "was optional and is required now", "A stored event or a request without it cannot be read any more."),
        OPTIONAL_NOW("was required and may be missing now", "Readers rely on it."),
        NARROWED("takes fewer values", "A stored or sent value of the old range cannot be read any more."),
        WIDENED("takes more values", "Readers that know only the old values cannot read a new one.");

        private final String happened;
        private final String why;

        BreachKind(String happened, String why) {
            this.happened = happened;
            this.why = why;
        }

        boolean breaks(Kind kind) {
            return switch (this) {
                case REMOVED, RETYPED -> true;
                case NEW_AND_REQUIRED, REQUIRED_NOW, NARROWED -> kind != Kind.VIEW;
                case OPTIONAL_NOW -> kind != Kind.COMMAND;
                case WIDENED -> kind == Kind.EVENT || kind == Kind.PUBLIC_EVENT;
            };
        }
    }

    /** What happened and why that breaks something, in sentences. */
    String sentence() {
        return "the field '" + field + "' " + rule.happened + ": it was " + was + ", now it is " + is + ". " + rule.why;
    }
}
