package dev.storyline.jackson.datatype.joda;

import com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * Stands in for the module of this name, which Quarkus's Lambda extension adds to its mapper: neither that module nor
 * Joda-Time is packaged, because no event of ours has a time of Joda's. Together they would be a twentieth of a zip.
 */
public final class JodaModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    /** A module without content. */
    public JodaModule() {
        super("joda");
    }
}
