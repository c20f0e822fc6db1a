package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One field of an element, or a nested field, during the search for its origin and destination. */
final class Trace {
    /** The maximum depth of nested fields. */
    private static final int DEEPEST = 12;

    /** The maximum number of nested fields. Nested types could expand beyond any memory. */
    static final class Budget {
        private int left = 1_000_000;
    }

    private final String path;
    private final Field field;
    private final List<Field> siblings;
    private final boolean circular;
    private final List<Trace> inner = new ArrayList<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private final Set<String> clashes = new LinkedHashSet<>();
    private Completeness origin = Completeness.PROVEN;
    private Completeness destination = Completeness.PROVEN;
    private boolean waived = true;
    private boolean cut;

    private Trace(String path, Field field, List<Field> siblings, boolean circular) {
        this.path = path;
        this.field = field;
        this.siblings = siblings;
        this.circular = circular;
    }

    /** Returns the fields of an element with their nested fields. */
    static List<Trace> of(Model home, Element element, Budget budget) {
        return of(home, "", element.fields(), new LinkedHashSet<>(), budget);
    }

    private static List<Trace> of(Model home, String prefix, List<Field> fields, Set<String> within, Budget budget) {
        List<Trace> traces = new ArrayList<>();
        Set<String> circular = circular(fields);
        for (Field field : fields) {
            Trace trace = new Trace(prefix + field.name(), field, fields, circular.contains(field.name()));
            Type type = home.types().get(field.type());
            if (type != null && !type.fields().isEmpty() && !within.contains(type.name())) {
                budget.left -= type.fields().size();
                trace.cut = budget.left < 0 || within.size() == DEEPEST;
                if (!trace.cut) {
                    within.add(type.name());
                    trace.inner.addAll(of(home, trace.path + ".", type.fields(), within, budget));
                    within.remove(type.name());
                }
            }
            traces.add(trace);
        }
        return traces;
    }

    /** Returns the fields with a cyclic origin. */
    private static Set<String> circular(List<Field> fields) {
        Map<String, List<String>> users = new HashMap<>();
        Map<String, Integer> needs = new HashMap<>();
        for (Field field : fields) {
            for (List<Ref> refs : List.of(field.from(), field.computed())) {
                for (Ref ref : refs) {
                    if (ref.element().isEmpty() && !ref.path().isEmpty()) {
                        users.computeIfAbsent(ref.path().getFirst(), key -> new ArrayList<>())
                                .add(field.name());
                        needs.merge(field.name(), 1, Integer::sum);
                    }
                }
            }
        }
        Deque<String> free = new ArrayDeque<>();
        fields.stream()
                .map(Field::name)
                .filter(name -> !needs.containsKey(name))
                .forEach(free::add);
        while (!free.isEmpty()) {
            for (String user : users.getOrDefault(free.remove(), List.of())) {
                if (needs.merge(user, -1, Integer::sum) == 0) {
                    needs.remove(user);
                    free.add(user);
                }
            }
        }
        return needs.keySet();
    }

    /** Returns whether nested fields are left out. */
    boolean isCut() {
        return cut;
    }

    boolean isCircular() {
        return circular;
    }

    String path() {
        return path;
    }

    /** Returns the path of the record that contains the field, with a dot; empty for a field of the element itself. */
    String prefix() {
        return path.substring(0, path.length() - field.name().length());
    }

    Field field() {
        return field;
    }

    List<Field> siblings() {
        return siblings;
    }

    List<Trace> inner() {
        return inner;
    }

    Set<String> gaps() {
        return gaps;
    }

    /** Returns the origins that are there, with another type. */
    Set<String> clashes() {
        return clashes;
    }

    Completeness origin() {
        return origin;
    }

    Completeness destination() {
        return destination;
    }

    void origin(Completeness answer) {
        origin = origin.worse(answer);
    }

    void destination(Completeness answer) {
        destination = destination.worse(answer);
    }

    boolean waived() {
        return waived;
    }

    void notWaived() {
        waived = false;
    }
}
