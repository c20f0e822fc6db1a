package dev.storyline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contracts.Breach.BreachKind;
import dev.storyline.model.Element.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the released contracts of one context, {@code src/contexts/<context>/contracts}, with the current types. Each
 * version of an event, public event, command or view is one file, {@code events/WishApproved.v1.json}. A file in that
 * folder counts as released. {@code asyncapi.yaml} and {@code openapi.yaml} refer to these files.
 */
public final class Contracts {
    private static final Pattern FILE = Pattern.compile("(.+)\\.v([1-9]\\d{0,2})\\.json");
    private static final String GOLDEN = "src/test/resources/golden/";
    private static final String CHANGELOG = "CHANGELOG.md";
    private static final String NARROW =
            "If fewer values are meant within this version, say why in CHANGELOG.md and run './storyline contracts write"
                    + " --narrow' with the same words.";

    /** From the contracts of a context to the repository. */
    private static final String OUT_OF_THE_FOLDER = "../../../../";

    private static final String WRITE = "run './storyline contracts write' and commit what it writes.";

    private final Promises promises;
    private final Path root;
    private final Path folder;
    private final LocalDate today;
    private final Narrowings narrowings;
    private final List<ContractFinding> findings = new ArrayList<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    private Contracts(Promises promises, Path root, LocalDate today, String narrowing) {
        this.promises = promises;
        this.root = root;
        this.folder = root.resolve("src/contexts/" + promises.model().context() + "/contracts");
        this.today = today;
        this.narrowings = new Narrowings(Texts.read(folder.resolve(Narrowings.FILE)), today, narrowing);
    }

    /**
     * Compares the current contracts of all contexts with the released ones. The repository must be built.
     *
     * @param clock gives the current day
     * @throws ContractException if a module is not built, or a file cannot be read
     */
    public static List<Contracts> compare(Path root, Clock clock) {
        return compare(root, clock, "");
    }

    /**
     * Compares the current contracts of all contexts with the released ones, and lets fields of commands, queries and
     * public events take fewer values than before.
     *
     * @param narrowing why, in the words of {@code CHANGELOG.md}; empty if no field must take fewer values
     * @throws ContractException if a module is not built, or a file cannot be read
     */
    public static List<Contracts> compare(Path root, Clock clock, String narrowing) {
        return Generator.read(root).stream()
                .map(promises -> compare(promises, root, LocalDate.now(clock), narrowing))
                .toList();
    }

    static Contracts compare(Promises promises, Path root, LocalDate today) {
        return compare(promises, root, today, "");
    }

    static Contracts compare(Promises promises, Path root, LocalDate today, String narrowing) {
        Contracts contracts = new Contracts(promises, root, today, narrowing);
        contracts.compare();
        return contracts;
    }

    /** Returns the current promises of the context. */
    public Promises promises() {
        return promises;
    }

    /** Returns the findings in the order of the files; an empty list if everything equals the release. */
    public List<ContractFinding> findings() {
        return List.copyOf(findings);
    }

    /** Writes every contract file that is new or has changed without a breach. */
    public List<Path> write() {
        List<Path> written = new ArrayList<>();
        texts.forEach((file, text) -> {
            Path path = folder.resolve(file).normalize();
            try {
                Files.createDirectories(path.resolveSibling(""));
                Files.writeString(path, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            written.add(root.relativize(path));
        });
        return written;
    }

    private void compare() {
        for (Contract contract : promises.contracts()) {
            compare(contract);
            earlier(contract);
        }
        released().forEach(this::released);
        JsonNode documents = OpenApi.document(promises);
        openApi(documents);
        text(OpenApi.FILE, Texts.yaml(documents));
        text(AsyncApi.FILE, Texts.yaml(AsyncApi.document(promises)));
        text(
                OUT_OF_THE_FOLDER + OpenApiBundle.file(promises.model().context()),
                Texts.json(OpenApiBundle.of(documents, promises.contracts())));
        narrowed();
    }

    /** A narrowing is recorded, and those who call hear of it. */
    private void narrowed() {
        if (narrowings.isEmpty()) {
            return;
        }
        for (String reason : narrowings.untold(Texts.text(root.resolve(CHANGELOG)))) {
            breaking(
                    Narrowings.FILE,
                    "fields take fewer values because: '" + reason + "'. Tell it in these words in " + CHANGELOG
                            + ", for those who call.");
        }
        text(Narrowings.FILE, Texts.yaml(narrowings.document()));
    }

    private void compare(Contract contract) {
        String file = contract.file();
        JsonNode was = Texts.read(folder.resolve(file));
        if (was.isMissingNode()) {
            if (wasReleased(contract)) {
                breaking(
                        file,
                        "this contract was released, and its file is gone. Take it back from the repository's history.");
            } else {
                text(file, Texts.json(contract.document(new Contract.Window(today.toString(), ""))));
            }
            return;
        }
        List<Breach> breaches = Compatibility.breaches(contract.kind(), was, contract.schema());
        breaches = breaches.stream()
                .filter(breach -> !narrowings.records(contract.kind(), file, breach))
                .toList();
        for (Breach breach : breaches) {
            breaking(file, breach.sentence() + " " + wayOut(contract, breach));
        }
        if (breaches.isEmpty()) {
            text(file, Texts.json(contract.document(Contract.Window.of(was))));
        }
    }

    /** Every version that the language upcasts was released once, and the store may hold it forever. */
    private void earlier(Contract contract) {
        for (int version = 1; contract.kind() == Kind.EVENT && version < contract.version(); version++) {
            String file = Contract.file(contract.kind(), contract.name(), version);
            if (!Files.exists(folder.resolve(file))) {
                breaking(
                        file,
                        "the language upcasts this version, so it was released, but its contract file is missing. Restore the file"
                                + " from the repository's history, or release the record as it was, before the new version.");
            }
        }
    }

    /** Golden files and the API documents still name a contract whose file was deleted or renamed. */
    private boolean wasReleased(Contract contract) {
        return (contract.kind() == Kind.EVENT
                        && Files.exists(folder.resolveSibling(GOLDEN + contract.versioned() + ".json")))
                || Stream.of(OpenApi.FILE, AsyncApi.FILE)
                        .anyMatch(file -> refers(Texts.read(folder.resolve(file)), "./" + contract.file()));
    }

    private static boolean refers(JsonNode document, String file) {
        return document.findValuesAsText("$ref").contains(file);
    }

    private static String wayOut(Contract contract, Breach breach) {
        boolean mayNarrow = breach.rule() == BreachKind.NARROWED
                && (contract.kind() == Kind.COMMAND || contract.kind() == Kind.PUBLIC_EVENT);
        return wayOut(contract) + (mayNarrow ? " " + NARROW : "");
    }

    private static String wayOut(Contract contract) {
        int next = contract.version() + 1;
        String declared = "@EventType(value = \"" + contract.name() + "\", version = " + next + ")";
        return switch (contract.kind()) {
            case EVENT ->
                "Take the change back, or make it a new version: " + declared
                        + " on the record, an Upcaster from version " + contract.version()
                        + " in the Language of the context, and 'version: " + next + "' in its model.yaml; then "
                        + WRITE;
            case PUBLIC_EVENT ->
                "Take the change back, or publish a new version beside this one: a second record with " + declared
                        + ", while this record stays as it was until the day that its consumers agree to, which this"
                        + " file then tells as " + Contract.READABLE_UNTIL + "; then " + WRITE;
            case COMMAND ->
                "Let the field be as it was (a new one may be @Nullable), or write a new command with a route of its own"
                        + " beside this one.";
            case VIEW ->
                "Let the field be as it was and add another one beside it, or write a new view with a route of its own"
                        + " beside this one.";
        };
    }

    /** The released files, in order. */
    private List<String> released() {
        List<String> files = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Path kinds = folder.resolve(kind.section());
            if (Files.isDirectory(kinds)) {
                try (Stream<Path> all = Files.list(kinds)) {
                    all.map(one -> kind.section() + "/" + one.getFileName())
                            .sorted()
                            .forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    private void released(String file) {
        JsonNode document = Texts.read(folder.resolve(file));
        if (!document.path("$id").asText().equals(Contract.id(promises.model().context(), file))) {
            breaking(
                    file,
                    "the file was renamed, or copied from another: its $id is '"
                            + document.path("$id").asText()
                            + "'. A released contract keeps its name; give the file its old"
                            + " name back.");
            return;
        }
        Contract.Window window = Contract.Window.of(document);
        if (date(file, Contract.RELEASED, window.released()) == null) {
            return;
        }
        LocalDate until = window.readableUntil().isEmpty()
                ? LocalDate.MAX
                : date(file, Contract.READABLE_UNTIL, window.readableUntil());
        if (until == null) {
            return;
        }
        boolean isMade =
                promises.contracts().stream().anyMatch(now -> now.file().equals(file));
        if (until.isBefore(today)) {
            breaking(file, past(file, until, consumers(document), isMade));
        } else if (!isMade && !isUpcast(file)) {
            breaking(
                    file,
                    "this was released on " + window.released() + " and holds "
                            + (until.equals(LocalDate.MAX) ? "without an end" : "until " + until)
                            + ", but no slice has a record for it any more. Put the record back"
                            + (file.startsWith(Kind.EVENT.section() + "/")
                                    ? ": stored events of it could not be read."
                                    : ", or agree on an end with its consumers (" + consumers(document)
                                            + "), tell it as " + Contract.READABLE_UNTIL
                                            + ", and delete the file after that day."));
        }
    }

    private String past(String file, LocalDate until, String consumers, boolean isMade) {
        String said = "this version could be read until " + until + ", and today is " + today + ". ";
        if (file.startsWith(Kind.EVENT.section() + "/")) {
            return said
                    + "The language still brings up what is stored in it: agree on a later day with those who fold it ("
                    + consumers + ") and tell it as " + Contract.READABLE_UNTIL
                    + ", or take that key out, and it is read"
                    + " as long as the store lives.";
        }
        return said
                + (isMade ? "Stop making it, and delete" : "Delete")
                + " this file, or, if its consumers (" + consumers
                + ") still need it, agree on a later day and tell it as " + Contract.READABLE_UNTIL + ".";
    }

    private static String consumers(JsonNode document) {
        String consumers = Stream.of(document.path(Contract.STORYLINE).path("consumers"))
                .flatMap(list -> list.valueStream())
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
        return consumers.isEmpty() ? "none that slices tell of" : consumers;
    }

    private @Nullable LocalDate date(String file, String key, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            breaking(file, "its " + key + " must be a day like 2027-01-31, not '" + text + "'.");
            return null;
        }
    }

    /** Returns whether the file is an older version of an event that the language upcasts. */
    private boolean isUpcast(String file) {
        Matcher name = FILE.matcher(file.substring(file.indexOf('/') + 1));
        return file.startsWith(Kind.EVENT.section() + "/")
                && name.matches()
                && promises.language().terms().stream()
                        .anyMatch(term ->
                                term.type().equals(name.group(1)) && term.version() > Integer.parseInt(name.group(2)));
    }

    /** Compares routes and their parameters like commands, because clients send them. */
    private void openApi(JsonNode is) {
        JsonNode was = Texts.read(folder.resolve(OpenApi.FILE));
        was.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> route(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                method.getValue(),
                                is.path("paths").path(path.getKey()).path(method.getKey()))));
    }

    private void route(String route, JsonNode was, JsonNode is) {
        Set<String> promised = files(was);
        // If a contract file was deleted after its last day, its route may be gone too.
        Predicate<String> isThere = file -> Files.exists(folder.resolve(file.substring(2)));
        if (is.isMissingNode()) {
            if (promised.stream().anyMatch(isThere)) {
                breaking(
                        OpenApi.FILE,
                        "the route " + route
                                + " was released and is gone or has another path. Clients call it: put it back,"
                                + " or agree on an end with them, tell it as " + Contract.READABLE_UNTIL + " in "
                                + String.join(" and ", promised)
                                + ", and delete that file and the route after that day.");
            }
            return;
        }
        if (!promised.equals(files(is))) {
            breaking(
                    OpenApi.FILE,
                    "the route " + route + " had the contract " + String.join(" and ", promised) + " and has "
                            + String.join(" and ", files(is)) + " now. Give the other one a route of its own.");
        }
        for (Breach breach : Compatibility.breaches(Kind.COMMAND, OpenApi.parameters(was), OpenApi.parameters(is))) {
            if (narrowings.records(Kind.COMMAND, route, breach)) {
                continue;
            }
            breaking(
                    OpenApi.FILE,
                    "of the parameters of " + route + ", " + breach.sentence()
                            + " Let it be as it was (a new one may be @Nullable in the query), or write a route of its own.");
        }
    }

    private static Set<String> files(JsonNode operation) {
        return operation.findValuesAsText("$ref").stream()
                .filter(reference -> reference.startsWith("./"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void breaking(String file, String sentence) {
        findings.add(new ContractFinding(name(file), sentence, true));
        texts.remove(file);
    }

    private void text(String file, String text) {
        Path path = folder.resolve(file).normalize();
        try {
            if (findings.stream().anyMatch(finding -> finding.file().equals(name(file)))) {
                return;
            }
            if (!Files.exists(path)) {
                findings.add(new ContractFinding(name(file), "this is new and not released yet: " + WRITE, false));
                texts.put(file, text);
            } else if (!Files.readString(path).equals(text)) {
                findings.add(new ContractFinding(
                        name(file),
                        "this differs from what types, model and templates say now, and breaks nothing: " + WRITE,
                        false));
                texts.put(file, text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String name(String file) {
        return root.relativize(folder.resolve(file).normalize()).toString().replace('\\', '/');
    }
}
