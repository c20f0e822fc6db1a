package dev.storyline.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.kernel.Language;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.util.List;

/**
 * Everything that one context promises, as its types, its model and its templates say today.
 *
 * @param model what the context says of itself
 * @param language its events, with what brings old versions up
 * @param contracts commands, events, public events and views
 * @param operations what it answers over HTTP
 */
public record Promises(Model model, Language language, List<Contract> contracts, List<Operation> operations) {
    public Promises {
        contracts = List.copyOf(contracts);
        operations = List.copyOf(operations);
    }

    /**
     * One route.
     *
     * @param slice who serves it
     * @param method {@code POST} or {@code GET}
     * @param path with its parameters in braces
     * @param parameters of the path and of the query string
     * @param promise what a client sends (POST) or gets (GET)
     * @param made the field of the answer that names what the command makes; empty where it makes nothing
     * @param view whether it answers from a view, which may lag behind
     * @param strong whether that view can be folded afresh
     */
    record Operation(
            Slice slice,
            String method,
            String path,
            List<Parameter> parameters,
            Contract promise,
            String made,
            boolean view,
            boolean strong) {
        Operation {
            parameters = List.copyOf(parameters);
        }

        boolean isCommand() {
            return method.equals("POST");
        }
    }

    /**
     * A parameter of a route.
     *
     * @param in {@code path} or {@code query}
     * @param schema what it may be, as text
     */
    record Parameter(String name, String in, boolean required, ObjectNode schema) {}
}
