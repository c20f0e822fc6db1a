package dev.storyline.accounting.postwriteoff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The translation of an event of field operations. */
@Singleton
public class PostWriteOffFunction {
    private final TranslationEndpoint<JobWrittenOff, PostWriteOff> translation;

    public PostWriteOffFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Accounting.LANGUAGE, new PostWriteOffDecider()),
                JobWrittenOff.TYPE,
                JobWrittenOff.class,
                e -> Accounting.stream(e.jobId()),
                (e, context) -> new PostWriteOff(e.jobId(), e.reason(), e.at(), context.at()));
    }

    @Funq("post-write-off-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
