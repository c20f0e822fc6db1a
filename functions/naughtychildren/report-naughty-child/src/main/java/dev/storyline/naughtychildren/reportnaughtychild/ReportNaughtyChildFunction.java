package dev.storyline.naughtychildren.reportnaughtychild;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.naughtychildren.NaughtyChildren;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.TranslationEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The endpoint of report-naughty-child: the translation of an event of the wishes context. */
@Singleton
public class ReportNaughtyChildFunction {
    private final TranslationEndpoint<NaughtinessDetected, ReportNaughtyChild> translation;

    public ReportNaughtyChildFunction(Edge edge) {
        translation = TranslationEndpoint.of(
                edge,
                edge.handler(NaughtyChildren.LANGUAGE, new ReportNaughtyChildDecider()),
                NaughtinessDetected.TYPE,
                NaughtinessDetected.class,
                e -> NaughtyChildren.stream(e.childId()),
                (e, occasion) -> new ReportNaughtyChild(e.childId(), e.at()));
    }

    @Funq("report-naughty-child-translation")
    public PartialBatchResponse translation(JsonNode messages) {
        return translation.handle(messages);
    }
}
