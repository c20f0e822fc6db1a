package dev.storyline.local.history;

import dev.storyline.eventstore.CommandId;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.operator.StreamName;
import dev.storyline.projections.EffectKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that led to a commit, as the metadata of the commit names it. An event handler dispatches a command with the id
 * of its event, so the event is of the same context. A translation takes the id of the public event, which is the key of an
 * effect and names context, stream and version.
 *
 * @param stream the stream of the event
 * @param version the version of the event
 * @param effect the effect by which it led on, {@code publish-wish-updates/approved}; null where nothing tells it
 * @param isPublic whether a public event came between
 */
record Cause(StreamName stream, long version, @Nullable String effect, boolean isPublic) {
    /** The event that led to a commit; empty for a request from outside, and for what another system told. */
    static Optional<Cause> of(String context, Commit commit) {
        String causation = commit.meta().causation();
        if (causation == null) {
            return Optional.empty();
        }
        Optional<EffectKey> told = EffectKey.parse(causation);
        if (told.isPresent()) {
            EffectKey key = told.get();
            return Optional.of(
                    new Cause(new StreamName(key.context(), key.stream()), key.version(), effect(key), true));
        }
        int at = causation.lastIndexOf('@');
        try {
            return Optional.of(new Cause(
                    new StreamName(context, StreamId.parse(causation.substring(0, Math.max(0, at)))),
                    Long.parseLong(causation.substring(at + 1)),
                    EffectKey.parse(CommandId.key(commit.id()))
                            .map(Cause::effect)
                            .orElse(null),
                    false));
        } catch (NumberFormatException | Id.InvalidId e) {
            return Optional.empty();
        }
    }

    private static String effect(EffectKey key) {
        return key.handler() + "/" + key.effect();
    }
}
