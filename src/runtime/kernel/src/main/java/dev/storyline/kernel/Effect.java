package dev.storyline.kernel;

import java.time.Instant;
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

    /**
     * Has a complete command dispatched at an instant: a deadline. It comes after the instant, usually within two minutes.
     * It may come late, twice, or although it was taken back, so the command decides again whether it is still due.
     *
     * @param slice the slice's name, {@code cancel-unpaid-order}
     * @param stream the stream that the command is about
     * @param at not before when; at once if it has passed, and a year after the event at the latest
     */
    record DispatchAt(String name, String slice, StreamId stream, Record command, Instant at) implements Effect {
        public DispatchAt {
            checkName(name);
            Objects.requireNonNull(at);
        }
    }

    /**
     * Takes back a command that an earlier event of the same stream had dispatched at an instant. Nothing happens if it
     * has come already, or was never asked for.
     *
     * @param deadline the name of the {@link DispatchAt}
     * @param version the version of the event that asked for it
     */
    record TakeBack(String deadline, long version) implements Effect {
        public TakeBack {
            checkName(deadline);
        }

        @Override
        public String name() {
            return "take-back-" + deadline + "-" + version;
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
