package dev.storyline.journeys;

import dev.storyline.simulation.Mutant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Faults to plant into the slices of the shop. Each is a typical mistake of a developer. */
final class CommerceMutants {
    private static final String ORDERS = "functions/orders/";
    private static final String ACCOUNTING = "functions/accounting/";
    private static final String INVENTORY = "functions/inventory/";

    /** One in the saga, in the inventory, in the ledger, at its closed months, and in views. */
    static final Set<String> ONE_OF_EACH = Set.of(
            "refunds-share-a-name",
            "early-release-forgotten",
            "returns-share-an-entry",
            "posted-into-a-closed-month",
            "returns-stay-sold");

    private CommerceMutants() {}

    /** Returns the faults that the simulation must find. */
    static List<Mutant> found() {
        return Stream.of(inOrders(), inStock(), inBooks(), inViews())
                .flatMap(List::stream)
                .toList();
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
        return List.of(
                new Mutant(
                        "early-release-forgotten",
                        "A release that overtakes the order is lost, and the stock is set aside for ever.",
                        INVENTORY
                                + "release-stock/src/main/java/dev/storyline/inventory/releasestock/ReleaseStockDecider.java",
                        "case OPEN, RESERVED ->",
                        "case OPEN -> atHome(nothing()); case RESERVED ->"),
                new Mutant(
                        "returned-for-each-delivery",
                        "A public event that is delivered twice is two commands, and goods come back twice.",
                        "src/runtime/edge/src/main/java/dev/storyline/edge/TranslationEndpoint.java",
                        "edge.slice() + \"|\" + event.source() + \"|\" + event.id();",
                        "edge.slice() + \"|\" + event.source() + \"|\" + UUID.randomUUID();"));
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
                        "return Set.of(entry);"),
                new Mutant(
                        "late-fact-moved",
                        "A fact that comes late loses its own day.",
                        posting + "PostOrderDecider.java",
                        "day, ledger.bookedOn(day),",
                        "ledger.bookedOn(day), ledger.bookedOn(day),"),
                new Mutant(
                        "late-fact-dropped",
                        "A fact of a closed month is taken for done.",
                        posting + "PostOrderDecider.java",
                        """
                        Objects.requireNonNullElseGet(others.get(Accounting.stream(Ledger.ID)), Ledger.FOLD::initialState);
                        """,
                        """
                        Objects.requireNonNullElseGet(others.get(Accounting.stream(Ledger.ID)), Ledger.FOLD::initialState);
                        if (ledger.isClosed(java.time.YearMonth.from(day))) {
                            return atHome(nothing());
                        }
                        """),
                new Mutant(
                        "cancelled-order-stays-open",
                        "A cancellation that overtakes the order is not remembered by the books.",
                        ACCOUNTING
                                + "close-order/src/main/java/dev/storyline/accounting/closeorder/CloseOrderDecider.java",
                        """
                        return state.closed() ? nothing()
                        """,
                        """
                        return state.closed() || command.orderId().value().hashCode() % 2 == 0 ? nothing()
                        """));
    }

    /** Returns faults in views, which a world without other faults has, too. */
    private static List<Mutant> inViews() {
        return List.of(
                new Mutant(
                        "returns-stay-sold",
                        "What came back counts as sold.",
                        ORDERS + "sales/src/main/java/dev/storyline/orders/sales/SalesProjection.java",
                        "negated(back.lines().stream()",
                        "negated(back.lines().stream().limit(0)"),
                new Mutant(
                        "refund-counts-as-charge",
                        "In the balance of a customer a refund is a charge.",
                        ACCOUNTING
                                + "customer-balance/src/main/java/dev/storyline/accounting/customerbalance/OwedLine.java",
                        "case EntryKind.REFUND -> Part.REFUND;",
                        "case EntryKind.REFUND -> Part.CHARGE;"));
    }
}
