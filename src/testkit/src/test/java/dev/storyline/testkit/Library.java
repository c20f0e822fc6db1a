package dev.storyline.testkit;

import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Occasion;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A library that lends books: one small machine of each kind, for the specifications of the specifications. */
final class Library {
    static final Rule LENT = Rule.forbids("book-is-lent", "The book is with another reader.");
    static final Rule NO_SUCH_BOOK = Rule.unknown("no-such-book", "The library has no such book.");
    static final Rule RESERVED = Rule.forbids("book-is-reserved", "The book waits for somebody else.");

    private Library() {}

    record ReaderId(String value) implements Id {
        ReaderId {
            Id.check(value);
        }
    }

    sealed interface Lending {}

    record BookBought(String title) implements Lending {}

    record BookLent(ReaderId reader) implements Lending {}

    record BookReturned(ReaderId reader) implements Lending {}

    record LendingRefused(ReaderId reader) implements Lending {}

    /** An event of another family in the same stream. */
    record CoverRepaired(int cents) {}

    record LendBook(ReaderId reader) {}

    record Shelf(boolean bought, @Nullable ReaderId reader) {}

    static final class LendBookDecider implements Decider<LendBook, Shelf, Lending> {
        @Override
        public Class<Lending> folds() {
            return Lending.class;
        }

        @Override
        public Shelf initialState() {
            return new Shelf(false, null);
        }

        @Override
        public Shelf evolve(Shelf shelf, Lending event) {
            return switch (event) {
                case BookBought _, BookReturned _ -> new Shelf(true, null);
                case BookLent lent -> new Shelf(true, lent.reader());
                case LendingRefused _ -> shelf;
            };
        }

        @Override
        public Decision<Lending> decide(LendBook command, Shelf shelf) {
            if (!shelf.bought()) {
                return Decision.reject(NO_SUCH_BOOK);
            }
            if (shelf.reader() == null) {
                return Decision.accept(new BookLent(command.reader()));
            }
            return command.reader().equals(shelf.reader())
                    ? Decision.nothing()
                    : Decision.reject(LENT, new LendingRefused(command.reader()));
        }
    }

    record LendRequest(String reader) {}

    static final class LendBookGatekeeper implements Gatekeeper<LendRequest, LendBook> {
        @Override
        public Gate<LendBook> gate(LendRequest request, Occasion occasion) {
            boolean own = request.reader().equals(occasion.actor());
            return own ? Gate.open(new LendBook(new ReaderId(request.reader()))) : Gate.closed(RESERVED);
        }
    }

    record BookView(String title, long lent) {}

    record LoanRow(ReaderId reader, Instant since) {}

    record Seen(String title, long lent) {}

    /** The book in its own row, each loan in a row of its reader, and a total of the books that are out. */
    static final class Books implements Projection<Seen, Lending> {
        static final RowKey OUT = new RowKey("totals", "books");

        static RowKey loan(String reader, StreamId book) {
            return new RowKey("reader#" + reader, book.toString());
        }

        @Override
        public String name() {
            return "books";
        }

        @Override
        public Class<Lending> folds() {
            return Lending.class;
        }

        @Override
        public Seen initialState() {
            return new Seen("", 0);
        }

        @Override
        public Step<Seen> step(Seen seen, Recorded<Lending> recorded) {
            return switch (recorded.event()) {
                case BookBought(var title) -> shown(new Seen(title, 0));
                case BookLent(var reader) ->
                    shown(new Seen(seen.title(), seen.lent() + 1))
                            .put(loan(reader.value(), recorded.stream()), new LoanRow(reader, recorded.at()))
                            .add(OUT, Map.of("out", BigDecimal.ONE));
                case BookReturned(var reader) ->
                    Step.to(seen)
                            .remove(loan(reader.value(), recorded.stream()))
                            .add(OUT, Map.of("out", BigDecimal.ONE.negate()));
                case LendingRefused(var reader) ->
                    Step.to(seen).set(loan(reader.value(), recorded.stream()), Map.of("refusedBy", recorded.actor()));
            };
        }

        private static Step<Seen> shown(Seen seen) {
            return Step.to(seen).putOwn(new BookView(seen.title(), seen.lent()));
        }
    }

    record Notice(ReaderId reader) {}

    record Waiting(@Nullable ReaderId reader) {}

    /** Tells the reader who was refused last that the book is back. */
    static final class NoticeReader implements EventHandler<Waiting, Lending> {
        @Override
        public String name() {
            return "notice-reader";
        }

        @Override
        public Class<Lending> folds() {
            return Lending.class;
        }

        @Override
        public Waiting initialState() {
            return new Waiting(null);
        }

        @Override
        public Reaction<Waiting> on(Waiting waiting, Recorded<Lending> recorded) {
            return switch (recorded.event()) {
                case BookBought _, BookLent _ -> Reaction.to(waiting);
                case LendingRefused(var reader) -> Reaction.to(new Waiting(reader), notice("promise", reader));
                case BookReturned _ -> {
                    ReaderId reader = waiting.reader();
                    yield reader == null
                            ? Reaction.to(waiting)
                            : Reaction.to(new Waiting(null), notice("book-is-back", reader));
                }
            };
        }

        static Effect notice(String name, ReaderId reader) {
            return new Effect.Call(name, "post", new Notice(reader));
        }
    }
}
