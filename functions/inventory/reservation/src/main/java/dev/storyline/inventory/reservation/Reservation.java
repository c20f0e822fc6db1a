package dev.storyline.inventory.reservation;

import dev.storyline.contexts.inventory.MissingStock;
import dev.storyline.contexts.inventory.OrderId;
import dev.storyline.contexts.inventory.ReservedLine;
import dev.storyline.contexts.inventory.StockLine;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is set aside for one order, and what became of it.
 *
 * @param orderId the order
 * @param state {@code reserved}, {@code refused}, {@code released}, {@code shipped} or, if everything came back,
 *     {@code returned}
 * @param lines what was set aside, one line for each product or bin that it is taken from
 * @param missing the products of which less was available than the order wants; empty unless it is refused
 * @param returned what came back, one line for each product
 */
public record Reservation(
        OrderId orderId, String state, List<ReservedLine> lines, List<MissingStock> missing, List<StockLine> returned) {
    static Reservation none(OrderId order) {
        return new Reservation(order, "", List.of(), List.of(), List.of());
    }

    Reservation reserved(List<ReservedLine> all) {
        return new Reservation(orderId, "reserved", all, List.of(), returned);
    }

    Reservation refused(List<MissingStock> what) {
        return new Reservation(orderId, "refused", lines, what, returned);
    }

    Reservation in(String other) {
        return new Reservation(orderId, other, lines, List.of(), returned);
    }

    Reservation with(List<StockLine> back) {
        List<StockLine> all = StockLine.oneEach(
                Stream.concat(returned.stream(), back.stream()).toList());
        String next = Set.copyOf(all).equals(Set.copyOf(ReservedLine.wanted(lines))) ? "returned" : state;
        return new Reservation(orderId, next, lines, missing, all);
    }
}
