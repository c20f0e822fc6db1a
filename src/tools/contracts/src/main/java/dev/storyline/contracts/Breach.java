package dev.storyline.contracts;

import dev.storyline.model.Element.Kind;

/**
 * One way in which a schema no longer keeps what it promised.
 *
 * @param field where, {@code crewHours[].hours}
 * @param rule what is not allowed
 * @param was what was promised
 * @param is what the types say now
 */
record Breach(String field, BreachKind rule, String was, String is) {
    /**
     * What may not happen within one schema version. Stored and published events live on, so they are read by newer code
     * as well as by older: nothing may change but that an optional field is added. A view is only ever read as it is now,
     * by clients that know how it was: it may promise more, never less, and show a word more, which a client that does not
     * know it can still show. A command is sent by clients that know how it was:
     * it may ask for less, never for more, and a field that is no longer known is refused.
     */
    enum BreachKind {
        REMOVED("was removed", "Whoever reads it, or sends it, fails."),
        RETYPED("has another type", "What was written as the one cannot be read as the other."),
        NEW_AND_REQUIRED("is new and required", "What was stored, and what others send, does not have it."),
        REQUIRED_NOW(
                "was optional and is required now",
                "What was stored, or is sent by others, without it cannot be read any more."),
        OPTIONAL_NOW("was required and may be missing now", "Readers rely on it."),
        NARROWED("takes fewer values", "A value that was stored, or is sent by others, cannot be read any more."),
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
