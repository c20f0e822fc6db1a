package dev.storyline.accounting.postbill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The translation of an event of field operations. */
@Singleton
public class PostBillFunction {
    private final TranslationEndpoint<JobBillable, PostBill> translation;

    public PostBillFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(Accounting.LANGUAGE, new PostBillDecider()),
                JobBillable.TYPE,
                JobBillable.class,
                e -> Accounting.stream(e.jobId()),
                (e, context) -> e.command(context.at()));
    }

    @Funq("post-bill-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
