package dev.storyline.eventstore;

/**
 * The id of a command: its key, and the kind of endpoint that took it. Ids of different kinds are never equal, whatever
 * their keys: a client chooses its key, and the keys of internal commands can be foretold.
 *
 * <p>A commit stores the id as one text. That of a client's command is the key itself, printable ASCII. That of an
 * internal command begins with its kind and an arrow, which no client's key can contain. Commits from the time before
 * kinds were stored have the bare key of an internal command, but, unlike those of clients, no hash of a request.
 *
 * @param kind the kind of endpoint
 * @param key the idempotency key, 1 to {@value #MAX_LENGTH} characters
 */
public record CommandId(Kind kind, String key) {
    /** The most characters of a key. */
    public static final int MAX_LENGTH = 128;

    /** Before the key of an internal command whose commit does not say of which kind it is. Never stored. */
    private static final String UNSAID = "internal\u2192";

    /** The kinds of endpoints that take commands. */
    public enum Kind {
        /** A client's command. The client chooses the key. */
        HTTP(""),
        /** A command that an event handler dispatches. The key is that of the effect. */
        DISPATCH("dispatch\u2192"),
        /** A public event of another context. The key derives from slice and event. */
        TRANSLATION("translation\u2192");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public CommandId {
        if (kind == Kind.HTTP && !key(key).equals(key)) {
            throw new IllegalArgumentException("The key of a client's command is printable ASCII, not '" + key + "'");
        }
    }

    /** The id of a client's command. */
    public static CommandId http(String key) {
        return new CommandId(Kind.HTTP, key);
    }

    /** The id of a command that an event handler dispatches. */
    public static CommandId dispatch(String key) {
        return new CommandId(Kind.DISPATCH, key);
    }

    /** The id of a translated public event. */
    public static CommandId translation(String key) {
        return new CommandId(Kind.TRANSLATION, key);
    }

    /** The id as commits store it. */
    public String stored() {
        return kind.prefix + key;
    }

    /** The key in the stored id of a commit. */
    public static String key(String stored) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.HTTP && stored.startsWith(kind.prefix)) {
                return stored.substring(kind.prefix.length());
            }
        }
        return stored;
    }

    /** The name under which a folded commit is found: its stored id, with the kind made up for where it is missing. */
    static String name(Commit commit) {
        boolean client = commit.meta().request() != null;
        boolean said = !key(commit.id()).equals(commit.id());
        return client || said ? commit.id() : UNSAID + commit.id();
    }

    /** Whether a commit of this name may be that of the command. */
    boolean isNamed(String name) {
        return isNamed(name, kind.prefix) || (kind != Kind.HTTP && isNamed(name, UNSAID));
    }

    private boolean isNamed(String name, String prefix) {
        return name.length() == prefix.length() + key.length() && name.startsWith(prefix) && name.endsWith(key);
    }
}
