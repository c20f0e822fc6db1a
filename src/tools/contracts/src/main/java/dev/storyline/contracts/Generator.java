package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.FieldBounds.Source;
import dev.storyline.edge.HttpCommandEndpoint;
import dev.storyline.edge.QueryEndpoint;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.Type;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Generates the promises of every context from compiled types, models and templates. The repository must be built. */
final class Generator {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");
    private static final Schemas OPEN = Schemas.allowingMore(true);
    private static final Schemas CLOSED = Schemas.allowingMore(false);
    private static final Schemas PUBLISHED = Schemas.bounded(true, Source.PUBLIC_EVENT);
    private static final Schemas BODY = Schemas.bounded(false, Source.BODY);
    private static final Schemas ADDRESS = Schemas.bounded(false, Source.ADDRESS);

    private final Path root;
    private final Landscape landscape;
    private final Deployment deployment;
    private final SliceLoader slices;
    private final Model model;
    private final Map<String, Contract> contracts = new TreeMap<>();
    private final List<Promises.Operation> operations = new ArrayList<>();

    private Generator(Path root, Landscape landscape, Deployment deployment, SliceLoader slices, Model model) {
        this.root = root;
        this.landscape = landscape;
        this.deployment = deployment;
        this.slices = slices;
        this.model = model;
    }

    /**
     * Returns the promises of every context, in alphabetical order. A slice without a folder, and a context without such
     * slices, exists in the model only and promises nothing yet.
     *
     * @throws ContractException if a module is not built, or a type has no schema
     */
    static List<Promises> read(Path root) {
        Landscape landscape = Landscape.read(root);
        Deployment deployment = Deployment.read(root);
        List<Promises> all = new ArrayList<>();
        try (SliceLoader slices = new SliceLoader()) {
            for (Model model : landscape.models().values()) {
                if (deployment.slices().stream().anyMatch(slice -> slice.startsWith(model.context() + "/"))) {
                    all.add(new Generator(root, landscape, deployment, slices, model).promises());
                }
            }
        }
        return all;
    }

    private Promises promises() {
        Path folder = root.resolve("src/contexts/" + model.context() + "/target/classes");
        CompiledClasses shared = CompiledClasses.in(folder, loader(folder));
        Language language = shared.language()
                .orElseThrow(() -> new ContractException("No class of " + folder + " declares a Language."));
        for (Language.Term term : language.terms()) {
            event(term);
        }
        for (Slice slice : model.slices()) {
            Optional<Deployment.FunctionSpec> function = deployment.functions().stream()
                    .filter(one -> one.slice().equals(name(slice)))
                    .findFirst();
            if (function.isPresent()) {
                slice(
                        slice,
                        CompiledClasses.in(
                                function.get().folder().resolve("target/classes"), slices.loader(function.get())),
                        shared);
            }
        }
        return new Promises(model, language, List.copyOf(contracts.values()), operations);
    }

    /** Stays open: the language loads further classes when it reads events. */
    private static ClassLoader loader(Path classes) {
        try {
            return new URLClassLoader(new URL[] {classes.toUri().toURL()}, Generator.class.getClassLoader());
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String name(Slice slice) {
        return model.context() + "/" + slice.name();
    }

    private void event(Language.Term term) {
        add(
                Kind.EVENT,
                term.type(),
                term.version(),
                term.event(),
                OPEN,
                producing(slice -> names(slice.events(), term.type())),
                producing(slice -> names(slice.folds(), term.type()) || names(slice.on(), term.type())));
    }

    private void slice(Slice slice, CompiledClasses own, CompiledClasses shared) {
        for (Ref published : slice.publishes()) {
            for (Class<?> type : own.records()) {
                EventType declared = type.getAnnotation(EventType.class);
                if (declared != null && declared.value().equals(published.element())) {
                    add(
                            Kind.PUBLIC_EVENT,
                            declared.value(),
                            declared.version(),
                            type,
                            PUBLISHED,
                            producing(other -> names(other.publishes(), published.element())),
                            listening(published.element()));
                }
            }
        }
        Deployment.Route route = deployment.routes().stream()
                .filter(one -> deployment.function(one.function()).slice().equals(name(slice)))
                .findFirst()
                .orElse(null);
        if (slice.command() != null) {
            command(slice, slice.command().element(), own, shared, route);
        }
        for (Ref view : slice.views()) {
            Class<?> type = Objects.requireNonNullElseGet(
                    own.record(view.element()), () -> record(slice, view.element(), own, shared));
            add(
                    Kind.VIEW,
                    view.element(),
                    1,
                    type,
                    OPEN,
                    producing(other -> names(other.views(), view.element())),
                    producing(other -> other.gatekeeper() != null
                            && names(other.gatekeeper().reads(), view.element())));
        }
        if (slice.command() == null && route != null && !slice.views().isEmpty()) {
            query(slice, own, route);
        }
    }

    private static Class<?> record(Slice slice, String name, CompiledClasses own, CompiledClasses shared) {
        Class<?> type = own.record(name);
        type = type == null ? shared.record(name) : type;
        type = type == null ? own.answering(QueryEndpoint.class, name) : type;
        if (type == null) {
            throw new ContractException(slice.place() + ": the slice " + slice.name() + " has no record " + name + ".");
        }
        return type;
    }

    /**
     * Returns the contract of the request body without the path parameters, or of the complete command if it has no route.
     */
    private void command(
            Slice slice, String name, CompiledClasses own, CompiledClasses shared, Deployment.@Nullable Route route) {
        Class<?> type =
                route == null ? record(slice, name, own, shared) : taken(slice, own, HttpCommandEndpoint.class, route);
        List<Promises.Parameter> parameters = new ArrayList<>();
        Contract contract = add(
                Kind.COMMAND,
                name,
                1,
                type,
                // The internal endpoint takes what is stored, whose bounds were those of its time.
                route == null ? CLOSED : BODY,
                producing(other -> names(other.dispatches(), name)),
                producing(other ->
                        other.command() != null && other.command().element().equals(name)));
        if (route != null) {
            Set<String> inPath = parameters(route.path());
            take(contract.schema(), inPath, "path");
            ObjectNode address = ADDRESS.of(type);
            Element element = model.elements(Kind.COMMAND).get(name);
            if (element != null) {
                describe(address, element.fields());
            }
            parameters.addAll(take(address, inPath, "path"));
            operations.add(new Promises.Operation(
                    slice,
                    route.method(),
                    route.path(),
                    parameters,
                    contract,
                    own.calls(HttpCommandEndpoint.class, "making").stream()
                            .findFirst()
                            .map(Generator::last)
                            .orElse(""),
                    false,
                    false));
        }
    }

    /** Returns the operation of a query. If the slice has several views, the first one of the model is the answer. */
    private void query(Slice slice, CompiledClasses own, Deployment.Route route) {
        ObjectNode query = ADDRESS.of(taken(slice, own, QueryEndpoint.class, route));
        List<Promises.Parameter> parameters = new ArrayList<>(take(query, parameters(route.path()), "path"));
        Set<String> rest = new TreeSet<>();
        query.path("properties").fieldNames().forEachRemaining(rest::add);
        parameters.addAll(take(query, rest, "query"));
        operations.add(new Promises.Operation(
                slice,
                route.method(),
                route.path(),
                parameters,
                Objects.requireNonNull(contracts.get(
                        Contract.file(Kind.VIEW, slice.views().getFirst().element(), 1))),
                "",
                !own.calls(QueryEndpoint.class, "entity").isEmpty(),
                !own.calls(QueryEndpoint.class, "folding").isEmpty()
                        || !own.calls(QueryEndpoint.class, "ofEvents").isEmpty()));
    }

    /** Returns the last parameter of a path: it names what the path shows. */
    private static String last(String path) {
        return PARAMETER
                .matcher(path)
                .results()
                .map((MatchResult found) -> found.group(1))
                .reduce("", (before, name) -> name);
    }

    private Class<?> taken(Slice slice, CompiledClasses own, Class<?> endpoint, Deployment.Route route) {
        return own.taking(endpoint)
                .orElseThrow(() -> new ContractException("The slice " + name(slice) + " has the route " + route.path()
                        + ", but its function keeps no " + endpoint.getSimpleName() + " in a field."));
    }

    private static Set<String> parameters(String path) {
        Set<String> names = new TreeSet<>();
        PARAMETER
                .matcher(path)
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(names::add);
        return names;
    }

    /** Moves properties of a schema into parameters. Parameters are text and never null. */
    private static List<Promises.Parameter> take(ObjectNode schema, Set<String> names, String in) {
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        List<Promises.Parameter> taken = new ArrayList<>();
        for (String name : names) {
            if (schema.path("properties") instanceof ObjectNode properties
                    && properties.remove(name) instanceof ObjectNode property) {
                if (property.path("type") instanceof ArrayNode types) {
                    property.set("type", types.get(0));
                    notNull(property.path("enum"));
                }
                taken.add(new Promises.Parameter(name, in, required.contains(name), property));
            }
        }
        required.removeAll(names);
        ArrayNode left = Json.mapper().createArrayNode();
        schema.path("required").forEach(name -> {
            if (required.contains(name.asText())) {
                left.add(name);
            }
        });
        schema.set("required", left);
        if (left.isEmpty()) {
            schema.remove("required");
        }
        return taken;
    }

    private static void notNull(JsonNode words) {
        if (words instanceof ArrayNode all) {
            all.removeIf(JsonNode::isNull);
        }
    }

    /** Returns the slices of this context that match. */
    private List<String> producing(Predicate<Slice> with) {
        return model.slices().stream().filter(with).map(this::name).sorted().toList();
    }

    /** Returns the slices of other contexts that translate a public event. */
    private List<String> listening(String event) {
        List<String> listening = new ArrayList<>();
        for (Model other : landscape.models().values()) {
            for (Slice slice : other.slices()) {
                if (slice.on().stream()
                        .anyMatch(ref -> ref.context().equals(model.context())
                                && !other.context().equals(model.context())
                                && ref.element().equals(event))) {
                    listening.add(other.context() + "/" + slice.name());
                }
            }
        }
        return listening.stream().sorted().toList();
    }

    private boolean names(List<Ref> refs, String element) {
        return refs.stream()
                .anyMatch(ref -> (ref.context().isEmpty() || ref.context().equals(model.context()))
                        && ref.element().equals(element));
    }

    private Contract add(
            Kind kind,
            String name,
            int version,
            Class<?> type,
            Schemas schemas,
            List<String> producers,
            List<String> consumers) {
        Element element = model.elements(kind).get(name);
        ObjectNode schema = schemas.of(type);
        if (element != null) {
            describe(schema, element.fields());
        }
        Contract contract = new Contract(
                kind,
                model.context(),
                name,
                version,
                element == null ? "" : element.about(),
                element == null || element.owner().isEmpty() ? model.owner() : element.owner(),
                producers,
                consumers,
                schema);
        Contract other = contracts.putIfAbsent(contract.file(), contract);
        return other == null ? contract : other;
    }

    /** Copies the description of a field, or of its type, from the model into the schema. */
    private void describe(JsonNode schema, List<Field> fields) {
        for (Field field : fields) {
            if (schema.path("properties").path(field.name()) instanceof ObjectNode property) {
                Type type = model.types().get(field.type());
                String about = !field.about().isEmpty() ? field.about() : type == null ? "" : type.about();
                if (!about.isEmpty()) {
                    property.put("description", about);
                }
                if (type != null && !type.values().isEmpty()) {
                    allow(property.has("items") ? property.path("items") : property, type.values());
                }
                List<Field> parts = Landscape.fieldsOf(model, field.type());
                describe(property, parts);
                describe(property.path("items"), parts);
            }
        }
    }

    /** A text field that the model limits to some words becomes an enum. */
    private static void allow(JsonNode text, List<String> words) {
        if (text instanceof ObjectNode schema && !schema.has("enum") && !schema.has("const")) {
            ArrayNode allowed = schema.putArray("enum");
            words.forEach(allowed::add);
            if (schema.path("type").isArray()) {
                allowed.addNull();
            }
        }
    }
}
