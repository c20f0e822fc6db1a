package dev.storyline.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.kernel.Language;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.util.List;

/**
 * All promises of one context, generated from its types, its model and its templates.
 *
 * @param model the model of the context
 * @param language the events of the context, with their upcasters
 * @param contracts the contracts of commands, events, public events and views
 * @param operations the routes of its HTTP API
 */
public record Promises(Model model, Language language, List<Contract> contracts, List<Operation> operations) {
    public Promises {
        contracts = List.copyOf(contracts);
        operations = List.copyOf(operations);
    }

    /**
     * One route.
     *
     * @param slice the slice that serves the route
     * @param method {@code POST} or {@code GET}
     * @param path the path with its parameters in braces
     * @param parameters the parameters of path and query string
     * @param promise the contract of the request body (POST) or of the response body (GET)
     * @param made the field of the answer with the id of the created entity; empty if the command creates none
     * @param entity whether the answer tells the version of one entity
     * @param strong whether the route supports {@code consistency=strong}
     */
    record Operation(
            Slice slice,
            String method,
            String path,
            List<Parameter> parameters,
            Contract promise,
            String made,
            boolean entity,
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
     * @param schema the schema of its text
     */
    record Parameter(String name, String in, boolean required, ObjectNode schema) {}
}
