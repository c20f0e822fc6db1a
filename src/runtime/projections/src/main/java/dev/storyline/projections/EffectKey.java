package dev.storyline.projections;

import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an effect, {@code wishes/publish-wish-updates/child#simo@3/approved}. It is the id of the command that is
 * dispatched, or of the public event that is published, so it names the event that led to a commit, even from another
 * context.
 *
 * @param context the context of the event handler
 * @param handler the declared name of the event handler
 * @param stream the stream of the event
 * @param version the version of the event
 * @param effect the name of the effect; of what follows up a refusal, the refused effect, the rule and the name
 */
public record EffectKey(String context, String handler, StreamId stream, long version, String effect) {
    /** Neither the parts before the stream have a slash, nor the stream an at sign. */
    private static final Pattern FORM = Pattern.compile("([^/]+)/([^/]+)/([^@#]+#[^@#]+)@([1-9]\\d{0,17})/(.+)");

    /** Reads a key; empty if the text is none. */
    public static Optional<EffectKey> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EffectKey(
                    form.group(1),
                    form.group(2),
                    StreamId.parse(form.group(3)),
                    Long.parseLong(form.group(4)),
                    form.group(5)));
        } catch (Id.InvalidId e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return context + "/" + handler + "/" + stream + "@" + version + "/" + effect;
    }
}
