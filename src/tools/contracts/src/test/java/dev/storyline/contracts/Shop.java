package dev.storyline.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.contracts.Promises.Operation;
import dev.storyline.contracts.Promises.Parameter;
import dev.storyline.edge.FieldBounds.Source;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Upcaster;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A small context in its own folder. Its contracts are released and then changed. */
record Shop(Path root) {
    static final LocalDate RELEASED = LocalDate.parse("2026-01-01");

    sealed interface First {
        @EventType("OrderPaid")
        record OrderPaid(String order) implements First {}
    }

    sealed interface Second {
        @EventType(value = "OrderPaid", version = 2)
        record OrderPaid(String order, String currency) implements Second {}
    }

    private static final Language FIRST = Language.of("shop", Set.of(First.class), List.of());
    private static final Language SECOND =
            Language.of("shop", Set.of(Second.class), List.of(new Upcaster("OrderPaid", 1, fields -> fields)));

    private Model model() {
        try {
            Path file = Files.writeString(root.resolve("model.yaml"), """
                    context: shop
                    owner: sales
                    views:
                      Orders: {about: All orders.}
                    story:
                      - chapter: Selling
                        slices:
                          - {slice: orders, about: Orders are seen., actor: clerk, view: Orders}
                    """);
            return ModelReader.read(file, "model.yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a contract of this kind for one record. */
    static Contract promise(Kind kind, String name, int version, Class<?> type) {
        return new Contract(
                kind,
                "shop",
                name,
                version,
                "",
                "sales",
                List.of("shop/pay"),
                List.of("mail/send-receipt"),
                Schemas.allowingMore(kind != Kind.COMMAND).of(type));
    }

    /** Creates the contract of a command that says the bounds of its values. */
    static Contract bounded(Kind kind, String name, Class<?> type) {
        Contract loose = promise(kind, name, 1, type);
        return new Contract(
                kind,
                loose.context(),
                name,
                1,
                "",
                loose.owner(),
                loose.producers(),
                loose.consumers(),
                Schemas.bounded(kind != Kind.COMMAND, Source.BODY).of(type));
    }

    /** Compares, and lets fields take fewer values for this reason. */
    Contracts narrow(String reason, Contract... promised) {
        return Contracts.compare(new Promises(model(), FIRST, List.of(promised), List.of()), root, RELEASED, reason);
    }

    Contracts compare(LocalDate today, Contract... promised) {
        boolean second = List.of(promised).stream()
                .anyMatch(contract -> contract.kind() == Kind.EVENT && contract.version() == 2);
        return Contracts.compare(
                new Promises(model(), second ? SECOND : FIRST, List.of(promised), List.of()), root, today);
    }

    void release(Contract... promised) {
        Contracts contracts = compare(RELEASED, promised);
        contracts.write();
    }

    /** Adds a route that serves a view, with these query parameters. */
    Contracts routed(@Nullable String path, Contract view, String... parameters) {
        List<Operation> operations = new ArrayList<>();
        if (path != null) {
            ObjectNode text = Json.mapper().createObjectNode().put("type", "string");
            operations.add(new Operation(
                    model().slices().getFirst(),
                    "GET",
                    path,
                    List.of(parameters).stream()
                            .map(name -> new Parameter(name.replace("!", ""), "query", name.endsWith("!"), text))
                            .toList(),
                    view,
                    "",
                    true,
                    false));
        }
        return Contracts.compare(new Promises(model(), FIRST, List.of(view), operations), root, RELEASED);
    }

    Path file(String name) {
        return root.resolve("src/contexts/shop/contracts/" + name);
    }

    /** Changes a released file by hand. */
    void edit(String name, String what, String into) {
        try {
            Files.writeString(file(name), Files.readString(file(name)).replace(what, into));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> sentences(Contracts contracts) {
        return contracts.findings().stream()
                .filter(ContractFinding::breaking)
                .map(ContractFinding::toString)
                .toList();
    }
}
