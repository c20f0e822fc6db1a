package dev.storyline.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

class DynamoDbAtomicCommandTest extends AtomicCommandContract {
    private static final TestTable TABLE = TestTable.create();

    @Override
    EventStore store() {
        return TABLE.store();
    }

    /** Adds up what DynamoDB says that calls cost. */
    private static final class Bill implements ExecutionInterceptor {
        private double read;
        private double written;

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            return switch (context.request()) {
                case QueryRequest query ->
                    query.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                            .build();
                case PutItemRequest put ->
                    put.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                            .build();
                case TransactWriteItemsRequest transaction ->
                    transaction.toBuilder()
                            .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)
                            .build();
                default -> context.request();
            };
        }

        @Override
        public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            switch (context.response()) {
                case QueryResponse query -> read += query.consumedCapacity().capacityUnits();
                case PutItemResponse put -> written += put.consumedCapacity().capacityUnits();
                case TransactWriteItemsResponse transaction ->
                    written += transaction.consumedCapacity().stream()
                            .mapToDouble(ConsumedCapacity::capacityUnits)
                            .sum();
                default -> {
                    // Nothing else is billed here.
                }
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
                .isEqualTo("read 2.0, written 4.0");
        assertThat(bill.of(() -> handler.handle(envelope(job, "b"), new Assign(2, Set.of(crew)))))
                .as("warm")
                .isEqualTo("read 1.0, written 4.0");
        assertThat(bill.of(() -> handler.handle(envelope(job, "c"), new Note(Set.of(crew)))))
                .as("warm, nothing happens in the other")
                .isEqualTo("read 1.0, written 4.0");
        assertThat(bill.of(() -> handler.handle(envelope(job, "d"), new Assign(3, Set.of()))))
                .as("warm, without others")
                .isEqualTo("read 0.0, written 1.0");
        assertThat(bill.of(() -> handler.handle(envelope(job, "e"), new Assign(1, Set.of(crew)))))
                .as("warm, without events")
                .isEqualTo("read 2.0, written 0.0");
    }
}
