package dev.storyline.testkit;

import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Given the events of one stream, then rows. Rows are compared as the view stores them: by attribute, where an absent
 * one equals null, numbers are equal by value, and identifiers, enums and times are text. A zero total equals an absent
 * one.
 */
public final class ProjectionSpecification<S, E> {
    private final Projection<S, E> projection;
    private final Story story;

    ProjectionSpecification(Projection<S, E> projection, Story story) {
        this.projection = projection;
        this.story = story;
    }

    /** The story belongs to this stream; said before its first event. */
    public ProjectionSpecification<S, E> in(StreamId stream) {
        return new ProjectionSpecification<>(projection, story.in(stream));
    }

    /** From here on events happen at this time. */
    public ProjectionSpecification<S, E> at(Instant time) {
        return new ProjectionSpecification<>(projection, story.at(time));
    }

    /** From here on events are asked for by this actor. */
    public ProjectionSpecification<S, E> by(String actor) {
        return new ProjectionSpecification<>(projection, story.by(actor));
    }

    /** These events happened, after those given before; what the projection does not fold is passed over. */
    public ProjectionSpecification<S, E> given(Object... events) {
        return given(List.of(events));
    }

    /** These events happened, after those given before; what the projection does not fold is passed over. */
    public ProjectionSpecification<S, E> given(List<?> events) {
        return new ProjectionSpecification<>(projection, story.and(events));
    }

    /** The row or total under this key holds exactly this. */
    public ProjectionSpecification<S, E> thenRow(RowKey key, Record row) {
        return thenRow(key, Attributes.of(row));
    }

    /** The row or total under this key has exactly these attributes. */
    public ProjectionSpecification<S, E> thenRow(RowKey key, Map<String, ?> attributes) {
        Rows rows = project().rows();
        return expect(place(key), rows.expected(key, attributes), rows.row(key), rows);
    }

    /** There is no row under this key, or a total that is zero. */
    public ProjectionSpecification<S, E> thenNoRow(RowKey key) {
        Rows rows = project().rows();
        return expect(place(key), null, rows.row(key), rows);
    }

    /** The stream's one row under its own key holds exactly this. */
    public ProjectionSpecification<S, E> thenOwnRow(Record row) {
        Rows rows = project().rows();
        return expect("the stream's own row", Attributes.of(row), rows.own(), rows);
    }

    /** The stream has no row under its own key. */
    public ProjectionSpecification<S, E> thenNoOwnRow() {
        Rows rows = project().rows();
        return expect("the stream's own row", null, rows.own(), rows);
    }

    /** This is what the projection remembers of the stream. */
    public ProjectionSpecification<S, E> thenState(S state) {
        S actual = project().state();
        if (!state.equals(actual)) {
            throw Failure.of(story.lines(projection.folds()), List.of(), "the state " + state, "the state " + actual);
        }
        return this;
    }

    private record Projected<S>(S state, Rows rows) {}

    private Projected<S> project() {
        S state = projection.initialState();
        Rows rows = new Rows();
        for (Recorded<Object> recorded : story.events()) {
            if (projection.folds().isInstance(recorded.event())) {
                E event = projection.folds().cast(recorded.event());
                Step<S> step = projection.step(state, recorded.with(event));
                state = step.state();
                for (RowChange change : step.changes()) {
                    rows.apply(change);
                }
            }
        }
        return new Projected<>(state, rows);
    }

    private ProjectionSpecification<S, E> expect(
            String place, @Nullable Map<String, ?> expected, @Nullable Map<String, ?> actual, Rows rows) {
        boolean same = expected == null ? actual == null : expected.equals(actual);
        if (!same) {
            String shown = tell(place, actual) + "\nin the view\n" + rows;
            throw Failure.of(story.lines(projection.folds()), List.of(), tell(place, expected), shown);
        }
        return this;
    }

    private static String tell(String place, @Nullable Map<String, ?> row) {
        return row == null ? "nothing in " + place : place + " " + row;
    }

    private static String place(RowKey key) {
        return "the row " + key.partition() + " / " + key.sort();
    }
}
