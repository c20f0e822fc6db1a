package dev.storyline.kernel;

import java.util.Objects;
import java.util.regex.Pattern;

/** Something that an event sets off, as a value. Its name is unique within its step and becomes part of its key. */
public sealed interface Effect {
    /** The effect's name, lower case with hyphens, {@code cancel-order}. */
    String name();

    /**
     * Sends a complete command to the inner door of a slice.
     *
     * @param slice the slice's name, {@code mark-naughty}
     * @param stream the stream that the command is about
     * @param followedUp whether {@link EventHandler#onRefused} is asked where a rule refuses the command
     */
    record Dispatch(String name, String slice, StreamId stream, Record command, boolean followedUp) implements Effect {
        public Dispatch {
            checkName(name);
        }

        /** A command whose refusal is the end of it. */
        public Dispatch(String name, String slice, StreamId stream, Record command) {
            this(name, slice, stream, command, false);
        }

        /** The same command; a refusal sets off what {@link EventHandler#onRefused} says. */
        public Dispatch followUp() {
            return new Dispatch(name, slice, stream, command, true);
        }
    }

    /** Promises a fact to other contexts. */
    record Publish(String name, Record event) implements Effect {
        public Publish {
            checkName(name);
        }
    }

    /** Calls an outgoing port. */
    record Call(String name, String port, Record request) implements Effect {
        public Call {
            checkName(name);
        }
    }

    private static void checkName(String name) {
        if (!Names.EFFECT.matcher(Objects.requireNonNull(name)).matches()) {
            throw new IllegalArgumentException("An effect's name is lower case with hyphens, not '" + name + "'");
        }
    }

    /** Compiled once; an interface cannot keep it to itself. */
    final class Names {
        private static final Pattern EFFECT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

        private Names() {}
    }
}
