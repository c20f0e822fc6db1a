package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of a chain, and which answer it waits for. A path and a body may name what an earlier step of the chain has
 * kept, in braces: {@code /orders/orders/{orderId}/pay}, {@code {"amount": "{gross}"}}.
 *
 * @param method GET, a query that is repeated until its answer is the wanted one; or POST, a command
 * @param path the path, with a query where there is one
 * @param body of a command; null for a query
 * @param once whether the command is the same in every run, and happens in the first only
 * @param pointer what an answer is looked at for, as a JSON pointer; empty if any answer will do
 * @param wanted the values there, of which one is enough: a text, a number, or JSON; {@code *} stands for any value and
 *     {@code >0} for any number above 0
 * @param refusals the rules that may say no, which is well too; {@code *} stands for all
 * @param again the rules that may say no for a moment: the command is then sent again
 * @param keeps what is kept of the answer: names with JSON pointers
 * @param books what is booked for the customer of the chain: columns with names of amounts that were kept
 * @param thing whose end the answer tells; empty if it tells none
 * @param end the end; empty for the value that was waited for
 */
record Step(
        String method,
        String path,
        @Nullable ObjectNode body,
        boolean once,
        String pointer,
        Set<String> wanted,
        Set<String> refusals,
        Set<String> again,
        Map<String, String> keeps,
        Map<String, String> books,
        String thing,
        String end) {
    /** Names that begin so are kept for all chains. */
    static final String SHARED = "all.";

    static final String ANY = "*";
    private static final String POSITIVE = ">0";

    Step {
        wanted = Set.copyOf(wanted);
        refusals = Set.copyOf(refusals);
        again = Set.copyOf(again);
        keeps = Map.copyOf(keeps);
        books = Map.copyOf(books);
    }

    private static Step of(String method, String path, @Nullable ObjectNode body) {
        return new Step(method, path, body, false, "", Set.of(), Set.of(), Set.of(), Map.of(), Map.of(), "", "");
    }

    /** A query. */
    static Step get(String path) {
        return of("GET", path, null);
    }

    /**
     * A command.
     *
     * @param fields names and values of its body, by turns
     */
    static Step post(String path, Object... fields) {
        return of("POST", path, object(fields));
    }

    /** A command with this body. */
    static Step post(String path, ObjectNode body) {
        return of("POST", path, body);
    }

    /** A JSON object of names and values, by turns. */
    static ObjectNode object(Object... fields) {
        ObjectNode object = Json.mapper().createObjectNode();
        for (int i = 0; i < fields.length; i += 2) {
            object.set(String.valueOf(fields[i]), Json.mapper().valueToTree(fields[i + 1]));
        }
        return object;
    }

    /** An amount of money as JSON. */
    static ObjectNode money(String amount, String currency) {
        return object("amount", new BigDecimal(amount), "currency", currency);
    }

    /** The same, waiting for one of these values. */
    Step until(String where, String... values) {
        return new Step(method, path, body, once, where, Set.of(values), refusals, again, keeps, books, thing, end);
    }

    /** The same; these rules may say no. */
    Step refusedBy(String... rules) {
        return new Step(method, path, body, once, pointer, wanted, Set.of(rules), again, keeps, books, thing, end);
    }

    /** The same; these rules may say no for a moment. */
    Step againAfter(String... rules) {
        return new Step(method, path, body, once, pointer, wanted, refusals, Set.of(rules), keeps, books, thing, end);
    }

    /** The same, for the first of all runs. */
    Step onceForAll() {
        return new Step(method, path, body, true, pointer, wanted, refusals, again, keeps, books, thing, end);
    }

    /** The same; a value of the answer is kept. */
    Step keeping(String name, String where) {
        Map<String, String> more = new HashMap<>(keeps);
        more.put(name, where);
        return new Step(method, path, body, once, pointer, wanted, refusals, again, more, books, thing, end);
    }

    /** The same; an amount that was kept is booked in a column of the customer, or against it: {@code -charges}. */
    Step booking(String column, String amount) {
        Map<String, String> more = new HashMap<>(books);
        more.put(column, amount);
        return new Step(method, path, body, once, pointer, wanted, refusals, again, keeps, more, thing, end);
    }

    /** The same; the value that is waited for is the end of something, for now. */
    Step ending(String what) {
        return ending(what, "");
    }

    /** The same; the answer is the end of something, for now. */
    Step ending(String what, String how) {
        return new Step(method, path, body, once, pointer, wanted, refusals, again, keeps, books, what, how);
    }

    /** Whether an answer is the one that is waited for. */
    boolean isMet(JsonNode answer) {
        if (pointer.isEmpty()) {
            return true;
        }
        JsonNode value = answer.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        for (String one : wanted) {
            boolean same = value.isNumber()
                    ? one.equals(POSITIVE)
                            ? value.decimalValue().signum() > 0
                            : one.equals(ANY) || value.decimalValue().compareTo(new BigDecimal(one)) == 0
                    : one.equals(ANY) || one.equals(value.isValueNode() ? value.asText() : value.toString());
            if (same) {
                return true;
            }
        }
        return false;
    }

    /** Whether a refusal by this rule is well. */
    boolean mayBeRefusedBy(String rule) {
        return refusals.contains(ANY) || refusals.contains(rule);
    }

    /** What earlier steps must have kept. */
    Set<String> needs() {
        Set<String> names = new HashSet<>(books.values());
        names.removeAll(keeps.keySet());
        Memory.namesIn(path, names);
        if (body != null) {
            Memory.namesIn(body, names);
        }
        return names;
    }
}
