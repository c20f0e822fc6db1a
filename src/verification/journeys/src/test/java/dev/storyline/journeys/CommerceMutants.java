package dev.storyline.journeys;

import dev.storyline.simulation.Mutant;
import java.util.List;
import java.util.stream.Stream;

/** Faults to plant into the slices of the shop. Each is a typical mistake of a developer. */
final class CommerceMutants {
    private static final String ORDERS = "functions/orders/";
    private static final String ACCOUNTING = "functions/accounting/";
    private static final String INVENTORY = "functions/inventory/";

    private CommerceMutants() {}

    /** Returns the faults that the simulation must find. */
    static List<Mutant> found() {
        return Stream.of(inOrders(), inStock(), inBooks()).flatMap(List::stream).toList();
    }

    /** Returns faults in the saga of an order. */
    private static List<Mutant> inOrders() {
        return List.of(
                new Mutant(
                        "late-payment-kept",
                        "What is paid for an order that was cancelled does not go back.",
                        ORDERS
                                + "see-orders-through/src/main/java/dev/storyline/orders/seeordersthrough/SeeOrdersThrough.java",
                        """
                        yield state.cancelled()
                                ? Reaction.to(next, refund(event, Orders.refund(paid.reference())))
                                : Reaction.to(next, new Effect.TakeBack(CANCEL_UNPAID, state.placed()));
                        """,
                        "yield Reaction.to(next, new Effect.TakeBack(CANCEL_UNPAID, state.placed()));"),
                new Mutant(
                        "refunds-share-a-name",
                        "All returns of an order are refunded under one reference.",
                        "src/contexts/orders/src/main/java/dev/storyline/contexts/orders/Orders.java",
                        "return payment.value() + \"-return-\" + returnId;",
                        "return payment.value() + \"-return\";"),
                new Mutant(
                        "deadline-decides-for-itself",
                        "A deadline that comes late or was taken back cancels an order that was paid.",
                        ORDERS
                                + "cancel-unpaid-order/src/main/java/dev/storyline/orders/cancelunpaidorder/CancelUnpaidOrderDecider.java",
                        """
                        case OrderPaid _, OrderCancelled _ -> new State(null);
                        case OrderReserved _,
                        """,
                        """
                        case OrderCancelled _ -> new State(null);
                        case OrderPaid _, OrderReserved _,
                        """));
    }

    /** Returns faults in the inventory. */
    private static List<Mutant> inStock() {
        return List.of(new Mutant(
                "early-release-forgotten",
                "A release that overtakes the order is lost, and the stock is set aside for ever.",
                INVENTORY + "release-stock/src/main/java/dev/storyline/inventory/releasestock/ReleaseStockDecider.java",
                "case OPEN, RESERVED ->",
                "case OPEN -> atHome(nothing()); case RESERVED ->"));
    }

    /** Returns faults in the ledger. */
    private static List<Mutant> inBooks() {
        String posting = ACCOUNTING + "post-orders/src/main/java/dev/storyline/accounting/postorders/";
        return List.of(
                new Mutant(
                        "returns-share-an-entry",
                        "The second return of an order is taken for the first one, and is not posted.",
                        posting + "Translation.java",
                        "\"orders/OrderReturned/\" + returned.orderId().value() + \"/\" + returned.returnId(),",
                        "\"orders/OrderReturned/\" + returned.orderId().value(),"),
                new Mutant(
                        "posted-twice",
                        "A sale is posted at its shipment, and again when goods come back.",
                        posting + "Translation.java",
                        "Postings.reversed(sold(returned.customerId(), returned.gross(), returned.tax())),",
                        "sold(returned.customerId(), returned.gross(), returned.tax()),"),
                new Mutant(
                        "posted-into-a-closed-month",
                        "A fact that comes late is booked on its own day, though the month is closed.",
                        posting + "PostOrderDecider.java",
                        """
                        return Ledger.mayBeClosed(Ledger.day(command.at()), command.receivedAt())
                                ? Set.of(entry, Accounting.stream(Ledger.ID))
                                : Set.of(entry);
                        """,
                        "return Set.of(entry);"));
    }
}
