package dev.storyline.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Policy;
import dev.storyline.model.Landscape;
import dev.storyline.model.Specification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specifications that mention several streams of a context. */
class SeveralStreamsTest {
    private static final String MODEL = """
            context: crews
            owner: crews
            about: Crews are booked for jobs.
            actors:
              dispatcher: Books crews.
            streams:
              job: {by: jobId, about: A job.}
              crew: {by: crewId, about: A crew.}
              region: {by: regionId, about: A region.}
            types:
              Name: {is: text, example: one, about: Names something.}
            events:
              CrewAssigned:
                stream: job
                fields: {jobId: {type: Name, identity: true}, crewId: Name}
              CrewBooked:
                stream: crew
                fields: {crewId: {type: Name, identity: true}, jobId: Name}
              RegionClosed:
                stream: region
                fields: {regionId: {type: Name, identity: true}}
            commands:
              BookCrew:
                stream: job
                fields: {jobId: {type: Name, identity: true}, crewId: Name, regionId: Name}
            story:
              - chapter: Booking
                slices:
                  - slice: book-crew
                    pattern: state change
                    actor: dispatcher
                    command: BookCrew
                    folds: [FOLDS]
                    rules:
                      crew-booked: {reads: [CrewBooked.crewId]}
                      region-closed: {reads: [RegionClosed.regionId]}
                    events: [CrewAssigned, CrewBooked]
                    specifications:
                      both streams have their event:
                        when: BookCrew
                        then: [CrewAssigned, CrewBooked]
                      streams have no order among them:
                        given: {RegionClosed: {regionId: far}}
                        when: BookCrew
                        then: [CrewBooked, CrewAssigned]
                      a booked crew takes no other job:
                        given: {CrewBooked: {jobId: earlier}}
                        when: BookCrew
                        then: {rejected: crew-booked}
                      another crew is free:
                        given: {CrewBooked: {jobId: earlier, crewId: other}}
                        when: BookCrew
                        then: [CrewAssigned, CrewBooked]
                      a job has one crew:
                        given: {CrewAssigned: {crewId: other}}
                        when: BookCrew
                        then: nothing
                      the gate is closed with the region:
                        given: RegionClosed
                        when: BookCrew
                        then: {rejected: region-closed}
                      WRONG what happens in another stream is not overlooked:
                        when: BookCrew
                        then: CrewAssigned
                      WRONG what is expected in another stream must be there:
                        given: CrewAssigned
                        when: BookCrew
                        then: CrewBooked
                      WRONG an event belongs in the stream of the entity that it names:
                        when: {BookCrew: {crewId: lost}}
                        then: [CrewAssigned, CrewBooked]
            """;

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void theFunctionIsFoundByItsName() throws IOException {
        folder = root.resolve("functions/crews/book-crew");
        String name = BookCrewFunction.class.getName().replace('.', '/') + ".class";
        Path classes = Objects.requireNonNull(
                folder.resolve("target/classes").resolve(name).getParent());
        Files.createDirectories(classes);
        Files.createFile(classes.resolve("BookCrewFunction.class"));
    }

    private Specifications specifications(String folds) throws IOException {
        Path context = Files.createDirectories(root.resolve("src/contexts/crews"));
        Files.writeString(context.resolve("model.yaml"), MODEL.replace("FOLDS", folds));
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("stream", "HASH");
        keys.put("version", "RANGE");
        Deployment deployment = new Deployment(
                List.of(new Deployment.FunctionSpec(
                        "book-crew",
                        "crews/book-crew",
                        folder,
                        "book-crew",
                        Map.of("SLICE", "crews/book-crew", "EVENT_TABLE", "events"),
                        "java25",
                        Duration.ofSeconds(10),
                        512,
                        "",
                        0,
                        new Policy(List.of(Policy.Statement.allow(
                                "arn:aws:dynamodb:us-east-1:000000000000:table/events",
                                "dynamodb:ConditionCheckItem",
                                "dynamodb:PutItem",
                                "dynamodb:Query"))))),
                List.of(new Deployment.Table(
                        "events", Map.of("stream", "S", "version", "N"), keys, List.of(), "NEW_IMAGE", "arn")),
                List.of(new Deployment.Route("POST", "/jobs/{jobId}/crews", "book-crew")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return Specifications.of(
                root,
                Landscape.read(root),
                deployment,
                "crews/book-crew",
                Objects.requireNonNull(SeveralStreamsTest.class.getClassLoader()));
    }

    @Test
    void events_are_given_and_expected_each_in_its_own_stream() throws IOException {
        Specifications specifications = specifications("CrewAssigned, CrewBooked, RegionClosed");
        for (Specification specification : specifications.all()) {
            if (!specification.name().startsWith("WRONG")) {
                assertThat(specifications.differences(specification)).isEmpty();
            }
        }
        assertThat(difference(specifications, "WRONG what happens"))
                .contains("1 should be recorded, 2 were")
                .contains("in crew#one")
                .contains("in job#one");
        assertThat(difference(specifications, "WRONG what is expected")).contains("1 should be recorded, 0 were");
        assertThat(difference(specifications, "WRONG an event belongs"))
                .contains("CrewBooked is recorded in crew#found, but belongs in crew#lost");
    }

    private static String difference(Specifications specifications, String name) {
        return specifications.all().stream()
                .filter(specification -> specification.name().startsWith(name))
                .map(specification -> String.join("\n", specifications.differences(specification)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_decider_and_gatekeeper_fold_of_other_streams_is_consumed() throws IOException {
        assertThat(specifications("CrewAssigned, CrewBooked, RegionClosed").edgesThatDiffer())
                .isEmpty();
        assertThat(specifications("CrewAssigned").edgesThatDiffer())
                .hasSize(2)
                .anySatisfy(difference -> assertThat(difference).contains("consumes CrewBooked"))
                .anySatisfy(difference -> assertThat(difference).contains("consumes RegionClosed"));
    }
}
