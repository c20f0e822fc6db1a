package dev.storyline.modeler.template;

/**
 * The functions that slices consist of. Export names and log groups of deployed slices contain {@link #suffix()}, and
 * logical ids contain {@link #idSuffix()}: neither may change.
 */
enum FunctionKind {
    HTTP("http", "", "", 10, 0, "HTTP endpoint of the command"),
    INTERNAL("internal", "-inner", "Inner", 10, 0, "Internal endpoint: takes complete commands from event handlers"),
    TRANSLATION("translation", "-translation", "Translation", 30, 5, "Translates @types@ to a command"),
    PROJECTION("feed", "-feed", "Feed", 20, 10, "Projection: writes the view from the feed"),
    HANDLER("feed", "-feed", "Feed", 60, 10, "Event handler: runs effects from the feed"),
    MAINTENANCE("maintenance", "-upkeep", "Upkeep", 900, 2, "Maintenance: parked streams, redrives, reconciliation"),
    QUERY("query", "", "", 10, 0, "HTTP endpoint of the query");

    private final String word;
    private final String suffix;
    private final String idSuffix;
    private final int timeout;
    private final int concurrency;
    private final String about;

    FunctionKind(String word, String suffix, String idSuffix, int timeout, int concurrency, String about) {
        this.word = word;
        this.suffix = suffix;
        this.idSuffix = idSuffix;
        this.timeout = timeout;
        this.concurrency = concurrency;
        this.about = about;
    }

    /** As {@code deploy.yaml} names it. */
    String word() {
        return word;
    }

    /** What follows the slice's name in the name of the {@code @Funq} method. */
    String suffix() {
        return suffix;
    }

    /** What follows the slice's name in the logical id. */
    String idSuffix() {
        return idSuffix;
    }

    /** The default time-out in seconds. */
    int timeout() {
        return timeout;
    }

    /** The default reserved concurrency; 0 if the parameter {@code ReservedConcurrency} decides. */
    int concurrency() {
        return concurrency;
    }

    /** The description of the function. */
    String about() {
        return about;
    }
}
