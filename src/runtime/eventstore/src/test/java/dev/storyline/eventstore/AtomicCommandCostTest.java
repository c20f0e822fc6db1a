package dev.storyline.eventstore;

import static dev.storyline.eventstore.AtomicCommandTest.envelope;
import static dev.storyline.eventstore.AtomicCommandTest.handler;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.eventstore.AtomicCommandTest.Assign;
import dev.storyline.eventstore.AtomicCommandTest.Note;
import dev.storyline.eventstore.AtomicCommandTest.Order;
import dev.storyline.kernel.StreamId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class AtomicCommandCostTest {
    private final StreamId job = new StreamId("job", "one");
    private final StreamId crew = new StreamId("crew", "one");

    /**
     * The units that AWS bills by its own rules. DynamoDB Local reports fewer units for transactions and for queries that
     * find nothing.
     */
    private static final class Bill implements ExecutionInterceptor {
        private int read;
        private int written;

        @Override
        public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            switch (context.request()) {
                case QueryRequest _ ->
                    read += ItemSize.strongReadUnits(((QueryResponse) context.response())
                            .items().stream().mapToInt(ItemSize::bytes).sum());
                case PutItemRequest put -> written += ItemSize.writeUnits(ItemSize.bytes(put.item()));
                case TransactWriteItemsRequest transaction ->
                    transaction
                            .transactItems()
                            .forEach(part -> written += part.put() == null
                                    ? 2
                                    : 2
                                            * ItemSize.writeUnits(
                                                    ItemSize.bytes(part.put().item())));
                default -> throw new IllegalArgumentException("Not billed: " + context.request());
            }
        }

        String of(Runnable work) {
            read = 0;
            written = 0;
            work.run();
            return "read " + read + ", written " + written;
        }
    }

    @Test
    void units_of_each_case() {
        Bill bill = new Bill();
        CommandHandler<Order, ?, ?> handler = handler(TestTable.create(bill).store());
        assertThat(bill.of(() -> handler.handle(envelope(job, "a"), new Assign(1, Set.of(crew)))))
                .as("cold")
                .isEqualTo("read 2, written 4");
        assertThat(bill.of(() -> handler.handle(envelope(job, "b"), new Assign(2, Set.of(crew)))))
                .as("warm")
                .isEqualTo("read 1, written 4");
        assertThat(bill.of(() -> handler.handle(envelope(job, "c"), new Note(Set.of(crew)))))
                .as("warm, nothing happens in the other")
                .isEqualTo("read 1, written 4");
        assertThat(bill.of(() -> handler.handle(envelope(job, "d"), new Assign(3, Set.of()))))
                .as("warm, without others")
                .isEqualTo("read 0, written 1");
        assertThat(bill.of(() -> handler.handle(envelope(job, "e"), new Assign(1, Set.of(crew)))))
                .as("warm, without events")
                .isEqualTo("read 2, written 0");
    }
}
