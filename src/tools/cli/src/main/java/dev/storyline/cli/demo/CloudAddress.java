package dev.storyline.cli.demo;

import dev.storyline.local.database.RunningCloud;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the gateway of the local cloud is. A cloud that was killed and started again may be elsewhere. */
final class CloudAddress {
    private static final URI USUAL = URI.create("http://127.0.0.1:8080");

    private final @Nullable Path data;
    private volatile URI current;

    private CloudAddress(@Nullable Path data, URI current) {
        this.data = data;
        this.current = current;
    }

    /** One address for ever. */
    static CloudAddress fixed(URI address) {
        return new CloudAddress(null, address);
    }

    /** The address of the cloud that runs on a data directory; the usual one where none runs. */
    static CloudAddress on(Path data) {
        RunningCloud.Access access = RunningCloud.on(data);
        return access == null || access.gateway() == null ? fixed(USUAL) : new CloudAddress(data, access.gateway());
    }

    /** Whether it is known from a data directory. */
    boolean isOfData() {
        return data != null;
    }

    URI current() {
        return current;
    }

    /** Nobody answers at an address: looks where the cloud is now. */
    synchronized void gone(URI from) {
        if (data == null || !from.equals(current)) {
            return;
        }
        try {
            RunningCloud.Access access = RunningCloud.on(data);
            if (access != null && access.gateway() != null) {
                current = access.gateway();
            }
        } catch (UncheckedIOException e) {
            // A cloud that ends deletes the file while it is read. The next try looks again.
            current = from;
        }
    }
}
