package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.StreamStory;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Invariant;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the records of the code with the elements of the model: names, versions, fields and types. An event is
 * identified by its {@link EventType}, every other element by its name.
 */
final class Records {
    private static final String ROOT = "dev.storyline.";

    private final Model model;
    private final ClassLoader loader;
    private final List<String> differences = new ArrayList<>();

    private Records(Model model, ClassLoader loader) {
        this.model = model;
        this.loader = loader;
    }

    /**
     * Compares the records of a context's language with its private events, and those of a slice with the elements that
     * the slice handles and shows.
     *
     * @param loader the class loader that has the classes
     * @param language the compiled classes of the context's language
     * @param slice the compiled classes of the slice
     * @return every difference, as a sentence that names both sides
     */
    static List<String> differences(Subject subject, ClassLoader loader, Path language, Path slice) {
        Records records = new Records(subject.model(), loader);
        Map<String, Class<?>> events = new LinkedHashMap<>();
        for (Class<?> type : records.in(language)) {
            EventType name = type.getAnnotation(EventType.class);
            if (name != null) {
                events.put(name.value(), type);
            }
        }
        records.compareNames(subject.model(), events);
        subject.model().events().forEach((name, element) -> {
            // An event that no deployed slice uses is a new part of the model, not a difference.
            if (events.containsKey(name) || isDeployed(subject, name)) {
                records.compareEvent(element, events.get(name));
            }
        });
        records.slice(subject, records.in(slice), records.in(language));
        return records.differences;
    }

    /** Returns whether a deployed slice records, folds or reacts to an event. */
    private static boolean isDeployed(Subject subject, String event) {
        List<String> deployed = subject.deployment().slices();
        return subject.model().slices().stream()
                .filter(slice -> deployed.contains(subject.model().context() + "/" + slice.name()))
                .flatMap(slice -> Stream.of(slice.events(), slice.folds(), slice.on()))
                .flatMap(List::stream)
                .anyMatch(ref -> ref.context().isEmpty() && ref.element().equals(event));
    }

    private void compareNames(Model model, Map<String, Class<?>> events) {
        for (Map.Entry<String, Class<?>> event : events.entrySet()) {
            if (!model.events().containsKey(event.getKey())) {
                differences.add(model.place() + ": the language has the event " + event.getKey() + " ("
                        + event.getValue().getName() + "), which the model does not have.");
            }
        }
    }

    private void compareEvent(Element element, @Nullable Class<?> type) {
        if (type == null) {
            differences.add(element.place() + ": the model has the event " + element.name()
                    + ", which the language of the context does not have.");
            return;
        }
        EventType declared = type.getAnnotation(EventType.class);
        if (declared.version() != element.version() || declared.essential() != element.essential()) {
            differences.add(element.place() + ": " + element.name() + " is version " + element.version()
                    + (element.essential() ? ", essential," : "") + " in the model, but version " + declared.version()
                    + (declared.essential() ? ", essential," : "") + " in " + type.getName() + ".");
        }
        if (element.kind() == Kind.EVENT
                && element.fields().stream().anyMatch(Field::balanced)
                && !Invariant.class.isAssignableFrom(type)) {
            differences.add(element.place() + ": " + element.name() + " has a balanced field in the model, but "
                    + type.getName() + " is no Invariant, so that a decision may contain an unbalanced one.");
        }
        compare(element, element.fields(), type);
    }

    private void slice(Subject subject, Collection<Class<?>> own, Collection<Class<?>> shared) {
        Slice slice = subject.slice();
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        // A view that every context has is part of the edge.
        byName.put(StreamStory.class.getSimpleName(), StreamStory.class);
        shared.forEach(type -> byName.put(type.getSimpleName(), type));
        own.forEach(type -> byName.put(type.getSimpleName(), type));
        List<Ref> wanted = new ArrayList<>(slice.views());
        if (slice.command() != null) {
            wanted.add(slice.command());
        }
        wanted.addAll(slice.dispatches());
        for (Ref ref : wanted) {
            Element element = model.element(ref.element(), Kind.COMMAND, Kind.VIEW);
            Class<?> type = byName.get(ref.element());
            if (element != null && type == null) {
                differences.add(
                        ref.place() + ": the slice " + subject.name() + " has no record " + ref.element() + ".");
            } else if (element != null && type != null) {
                compare(element, element.fields(), type);
            }
        }
        for (Ref ref : slice.publishes()) {
            Element element = model.publicEvents().get(ref.element());
            Class<?> type = own.stream()
                    .filter(record -> {
                        EventType declared = record.getAnnotation(EventType.class);
                        return declared != null && declared.value().equals(ref.element());
                    })
                    .findFirst()
                    .orElse(null);
            if (element != null) {
                compareEvent(element, type);
            }
        }
        request(subject, own);
    }

    /** Checks that the client's request has exactly the inputs of the command. */
    private void request(Subject subject, Collection<Class<?>> own) {
        Ref command = subject.slice().command();
        Element element = command == null ? null : model.commands().get(command.element());
        if (element == null || subject.route("POST").isEmpty()) {
            return;
        }
        String name = element.name() + "Request";
        for (Class<?> type : own) {
            if (type.getSimpleName().equals(name) || (type.getSimpleName().equals(element.name()) && !has(own, name))) {
                compare(
                        element,
                        element.fields().stream().filter(Scenario::isInput).toList(),
                        type);
            }
        }
    }

    private static boolean has(Collection<Class<?>> types, String name) {
        return types.stream().anyMatch(type -> type.getSimpleName().equals(name));
    }

    private void compare(Element element, List<Field> fields, Class<?> type) {
        Set<String> names = new LinkedHashSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.add(component.getName());
            Field field = fields.stream()
                    .filter(one -> one.name().equals(component.getName()))
                    .findFirst()
                    .orElse(null);
            if (field == null) {
                differences.add(element.place() + ": " + type.getName() + " has a field '" + component.getName()
                        + "', which the " + element.kind().word() + " " + element.name()
                        + " does not have in the model.");
            } else {
                compare(element, field, component);
            }
        }
        for (Field field : fields) {
            if (!names.contains(field.name())) {
                differences.add(
                        field.place() + ": the " + element.kind().word() + " " + element.name() + " has a field '"
                                + field.name() + "' in the model, which " + type.getName() + " does not have.");
            }
        }
    }

    private void compare(Element element, Field field, RecordComponent component) {
        Class<?> raw = component.getType();
        boolean many = Collection.class.isAssignableFrom(raw);
        if (many
                && component.getGenericType() instanceof ParameterizedType generic
                && generic.getActualTypeArguments()[0] instanceof Class<?> item) {
            raw = item;
        }
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (many != field.many() || optional != field.optional() || !isOf(field, raw)) {
            differences.add(field.place() + ": " + element.name() + "." + field.name() + " is '" + field.written()
                    + "' in the model, but " + (optional ? "nullable " : "") + (many ? "list of " : "")
                    + raw.getSimpleName() + " in "
                    + component.getDeclaringRecord().getName() + ".");
        }
    }

    private boolean isOf(Field field, Class<?> type) {
        Type named = model.types().get(field.type());
        if (type.isRecord() && !Id.class.isAssignableFrom(type)) {
            List<Field> parts = Landscape.fieldsOf(model, field.type());
            Element view = model.views().get(field.type());
            if (parts.isEmpty()) {
                return false;
            }
            Element home =
                    view != null ? view : Element.of(Kind.VIEW, model.context(), field.type(), parts, field.place());
            compare(home, parts, type);
            return true;
        }
        if (Id.class.isAssignableFrom(type)) {
            return field.type().equals(type.getSimpleName())
                    && named != null
                    && named.base().equals("text");
        }
        String base = named == null ? field.type() : named.base();
        return switch (base) {
            case "text" -> type == String.class || type.isEnum();
            case "integer" -> type == int.class || type == long.class || type == Integer.class || type == Long.class;
            case "decimal" -> type == BigDecimal.class;
            case "boolean" -> type == boolean.class || type == Boolean.class;
            case "instant" -> type == Instant.class;
            case "date" -> type == LocalDate.class;
            case "duration" -> type == Duration.class;
            case "uuid" -> type == UUID.class;
            case "json" -> type == JsonNode.class;
            default -> false;
        };
    }

    /** Returns all records among the compiled classes. */
    private List<Class<?>> in(Path classes) {
        try (Stream<Path> files = Files.walk(classes)) {
            List<Class<?>> records = new ArrayList<>();
            for (Path file : files.filter(one -> one.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String path = classes.relativize(file).toString();
                String name = path.substring(0, path.length() - ".class".length())
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (name.startsWith(ROOT) && !name.endsWith("-info")) {
                    Class<?> type = Class.forName(name, false, loader);
                    if (type.isRecord()) {
                        records.add(type);
                    }
                }
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("A class of " + classes + " is not on the class path", e);
        }
    }
}
