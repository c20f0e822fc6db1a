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

/** One field of an element, or a field in it, while its origin and destination are being found. */
final class Trace {
    /** Deeper fields are not looked into; no model that people read goes as deep. */
    private static final int DEEPEST = 12;

    /** How many fields within fields are still looked at: types of types of types could be more than any memory holds. */
    static final class Budget {
        private int left = 1_000_000;
    }

    private final String path;
    private final Field field;
    private final List<Field> siblings;
    private final boolean circular;
    private final List<Trace> inner = new ArrayList<>();
    private final Set<String> gaps = new LinkedHashSet<>();
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

    /** The fields of an element, each with the fields in it. */
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

    /** The fields that are made of themselves, or of such: what is left when all that is not has been taken away. */
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

    /** Whether there are fields in it that are not looked at. */
    boolean isCut() {
        return cut;
    }

    boolean isCircular() {
        return circular;
    }

    String path() {
        return path;
    }

    /** The path of the record that the field is in, with a dot; empty for a field of the element itself. */
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
