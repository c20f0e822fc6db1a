package dev.storyline.testkit.scenario;

import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import io.quarkus.funqy.Funq;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A slice that records in two kinds of streams, and whose gatekeeper reads a third. */
public final class BookCrewFunction {
    private static final Language LANGUAGE =
            Language.of("crews", Set.of(JobEvent.class, CrewEvent.class, RegionClosed.class), List.of());
    private static final Rule BOOKED = Rule.forbids("crew-booked", "The crew has a job.");
    private static final Rule CLOSED = Rule.forbids("region-closed", "No job is begun in a closed region.");

    private final HttpCommandEndpoint<BookCrew, BookCrew> outer;

    record Name(String value) implements Id {}

    record BookCrew(Name jobId, Name crewId, Name regionId) {}

    sealed interface JobEvent {}

    @EventType("CrewAssigned")
    record CrewAssigned(Name jobId, Name crewId) implements JobEvent {}

    sealed interface CrewEvent {}

    @EventType("CrewBooked")
    record CrewBooked(Name crewId, Name jobId) implements CrewEvent {}

    @EventType("RegionClosed")
    record RegionClosed(Name regionId) {}

    private record Seen<E>(Class<E> folds) implements Fold<Boolean, E> {
        @Override
        public Boolean initialState() {
            return false;
        }

        @Override
        public Boolean evolve(Boolean seen, E event) {
            return true;
        }
    }

    /** Decides bookings. Crews with the name "lost" are booked in the stream of another crew. */
    private static final class Deciding implements AtomicDecider<BookCrew, Boolean, JobEvent, Boolean, CrewEvent> {
        @Override
        public Class<JobEvent> folds() {
            return JobEvent.class;
        }

        @Override
        public Boolean initialState() {
            return false;
        }

        @Override
        public Boolean evolve(Boolean assigned, JobEvent event) {
            return true;
        }

        @Override
        public Fold<Boolean, CrewEvent> other() {
            return new Seen<>(CrewEvent.class);
        }

        @Override
        public Set<StreamId> others(BookCrew command, Boolean assigned) {
            String crew = command.crewId().value();
            return Set.of(new StreamId("crew", crew.equals("lost") ? "found" : crew));
        }

        @Override
        public AtomicDecision<JobEvent, CrewEvent> decide(
                BookCrew command, Boolean assigned, Map<StreamId, Boolean> crews) {
            if (assigned) {
                return AtomicDecision.atHome(Decision.nothing());
            }
            return crews.containsValue(true)
                    ? AtomicDecision.atHome(Decision.reject(BOOKED))
                    : new AtomicDecision<>(
                            Decision.accept(new CrewAssigned(command.jobId(), command.crewId())),
                            Map.of(
                                    crews.keySet().iterator().next(),
                                    List.of(new CrewBooked(command.crewId(), command.jobId()))));
        }
    }

    public BookCrewFunction(Edge edge) {
        StreamFold<Boolean, RegionClosed> closed = edge.fold(LANGUAGE, new Seen<>(RegionClosed.class));
        outer = HttpCommandEndpoint.of(
                edge,
                edge.handler(LANGUAGE, new Deciding()),
                BookCrew.class,
                request -> StreamId.of("job", request.jobId()),
                (request, occasion) -> closed.state(StreamId.of("region", request.regionId()))
                        ? Gate.closed(CLOSED)
                        : Gate.open(request));
    }

    /** The HTTP endpoint. */
    @Funq("book-crew")
    public HttpReply outer(HttpEvent event) {
        return outer.handle(event);
    }
}
