package dev.storyline.eventstore;

import dev.storyline.common.TransientFailure;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whole objects by name. A name is a bucket, a slash, and a key of letters, digits, dots, hyphens and slashes. Each
 * method throws {@link TransientFailure} if the store fails now and may work later.
 */
public interface ObjectStore {
    /** For readers that have no archive. */
    ObjectStore NONE = new ObjectStore() {
        @Override
        public void put(String name, byte[] content) {
            throw new IllegalStateException("This function may not write the object " + name);
        }

        @Override
        public byte @Nullable [] get(String name) {
            throw new IllegalStateException("This function may not read the object " + name);
        }
    };

    /** Stores an object, in place of an earlier one of this name. When this returns, the object is durable. */
    void put(String name, byte[] content);

    /** The content of an object; null if there is none. */
    byte @Nullable [] get(String name);
}
