package dev.storyline.kernel;

import java.util.Objects;
import java.util.regex.Pattern;

/** Something that an event handler asks for, as a value. Its name is unique within its step and part of its key. */
public sealed interface Effect {
    /** The effect's name, lower case with hyphens, {@code cancel-order}. */
    String name();

    /**
     * Sends a complete command to the internal endpoint of a slice.
     *
     * @param slice the slice's name, {@code mark-naughty}
     * @param stream the stream that the command is about
     * @param followedUp whether {@link EventHandler#onRefused} is asked if a rule refuses the command
     */
    record Dispatch(String name, String slice, StreamId stream, Record command, boolean followedUp) implements Effect {
        public Dispatch {
            checkName(name);
        }

        /** A command whose refusal has no consequence. */
        public Dispatch(String name, String slice, StreamId stream, Record command) {
            this(name, slice, stream, command, false);
        }

        /** The same command; {@link EventHandler#onRefused} is asked if a rule refuses it. */
        public Dispatch followUp() {
            return new Dispatch(name, slice, stream, command, true);
        }
    }

    /** Publishes a public event to other contexts. */
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

    /** Holds the compiled pattern, because an interface has no private constants. */
    final class Names {
        private static final Pattern EFFECT = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

        private Names() {}
    }
}
