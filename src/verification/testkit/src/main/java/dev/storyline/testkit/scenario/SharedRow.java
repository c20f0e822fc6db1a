package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.model.Element;
import dev.storyline.model.Slice;
import dev.storyline.model.SymbolicValues;
import dev.storyline.projections.ProjectionEngine;
import dev.storyline.projections.StreamPosition;
import dev.storyline.projections.ViewTable;
import dev.storyline.testkit.LambdaEvents;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows that one slice writes and the gatekeeper of another slice reads. Their record is in the context's language, with
 * the name of the projection as {@code PROJECTION} and the place of the row as {@code key}: a method of the row, or a
 * static method of its identity.
 */
final class SharedRow {
    private SharedRow() {}

    /** Returns whether a view is a row that slices share. */
    static boolean isRow(Subject subject, Element view) {
        return type(subject, view) != null;
    }

    private static @Nullable Class<? extends Record> type(Subject subject, Element view) {
        try {
            Class<?> type = Class.forName(
                    "dev.storyline.contexts." + subject.model().context() + "." + view.name(),
                    true,
                    subject.slices().classPath());
            return type.isRecord() ? type.asSubclass(Record.class) : null;
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static Class<? extends Record> required(Subject subject, Element view) {
        Class<? extends Record> type = type(subject, view);
        if (type == null) {
            throw new SymbolicJson.Unclear("The view " + view.name()
                    + " cannot be given: its record must stand in the context's language, where slices share it.");
        }
        return type;
    }

    /** Writes a row as its projection would write it. */
    static void put(Subject subject, Stage stage, Element view, StreamId stream, ObjectNode data) {
        Class<? extends Record> type = required(subject, view);
        Record row = read(data, type);
        Deployment.FunctionSpec owner = owner(subject, view);
        Edge edge = stage.edge(owner, SymbolicValues.NOW);
        ViewTable table = edge.view("VIEW_TABLE", projection(type));
        Language language = Language.of("specification", Set.of(RowTold.class), List.of());
        ProjectionEngine engine = ProjectionEngine.of(
                edge.events(),
                language,
                new Telling(projection(type), key(type, row), row),
                table,
                edge.clock(),
                edge.backoff(),
                edge.tasks());
        long version = table.now().head(stream).position() + 1;
        engine.apply(
                stream, List.of(LambdaEvents.commit(language, SymbolicValues.NOW, stream, version, new RowTold())));
        // Reads that the specification itself made to prepare the row do not count as reads of the slice.
        stage.tablesRead().clear();
    }

    /**
     * Returns a row as a gatekeeper finds it, under its own key or as the stream's own row; a missing node if there is
     * none.
     */
    static JsonNode find(Subject subject, Stage stage, Element view, StreamId stream, ObjectNode asked) {
        Class<? extends Record> type = required(subject, view);
        Edge edge = stage.edge(owner(subject, view), SymbolicValues.NOW);
        ViewTable table = edge.view("VIEW_TABLE", projection(type));
        Record row = table.now().row(key(type, read(asked, type)), type);
        StreamPosition head = table.now().head(stream);
        Record own = head.own(type);
        if (own != null && !own.equals(row)) {
            throw new AssertionError("The stream's own row is " + own + ", and under its key stands " + row);
        }
        return row == null ? MissingNode.getInstance() : Json.mapper().valueToTree(row);
    }

    private static Deployment.FunctionSpec owner(Subject subject, Element view) {
        for (Slice slice : subject.model().slices()) {
            if (slice.views().stream().anyMatch(ref -> ref.element().equals(view.name()))) {
                String name = subject.model().context() + "/" + slice.name();
                for (Deployment.FunctionSpec function : subject.deployment().functions()) {
                    if (function.slice().equals(name) && function.environment().containsKey("VIEW_TABLE")) {
                        return function;
                    }
                }
            }
        }
        throw new SymbolicJson.Unclear("No slice keeps the view " + view.name() + " in a table.");
    }

    private static Record read(ObjectNode data, Class<? extends Record> type) {
        try {
            return Json.mapper().treeToValue(data, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("This is no row of " + type.getSimpleName() + ": " + data, e);
        }
    }

    private static String projection(Class<? extends Record> type) {
        try {
            return String.valueOf(type.getField("PROJECTION").get(null));
        } catch (ReflectiveOperationException e) {
            throw new SymbolicJson.Unclear(
                    type.getSimpleName() + " needs a constant PROJECTION: the name of what writes it.");
        }
    }

    private static RowKey key(Class<? extends Record> type, Record row) {
        try {
            for (Method method : type.getMethods()) {
                if (method.getName().equals("key") && method.getReturnType().equals(RowKey.class)) {
                    return (RowKey)
                            (Modifier.isStatic(method.getModifiers())
                                    ? method.invoke(null, argument(type, row, method.getParameterTypes()[0]))
                                    : method.invoke(row));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The key of " + row + " cannot be made", e);
        }
        throw new SymbolicJson.Unclear(type.getSimpleName() + " needs a method 'key': where the row is.");
    }

    private static Object argument(Class<? extends Record> type, Record row, Class<?> wanted)
            throws ReflectiveOperationException {
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType().equals(wanted)) {
                return component.getAccessor().invoke(row);
            }
        }
        throw new SymbolicJson.Unclear(
                type.getSimpleName() + " has no " + wanted.getSimpleName() + " that its key is made of.");
    }

    /** The event that carries a row. */
    @EventType("RowTold")
    record RowTold() {}

    private record Telling(String name, RowKey key, Record row) implements Projection<Telling.Nothing, RowTold> {
        /** An empty state. */
        record Nothing() {}

        @Override
        public Class<RowTold> folds() {
            return RowTold.class;
        }

        @Override
        public Nothing initialState() {
            return new Nothing();
        }

        @Override
        public Step<Nothing> step(Nothing state, Recorded<RowTold> event) {
            return Step.to(state).put(key, row).putOwn(row);
        }
    }
}
