package dev.storyline.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.eventstore.ItemSize;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * What a client has consumed, and when: AWS's rules, applied to the calls as the SDK sends them. The pointer item and the
 * status row of a rebuild are left out, because no ceiling holds them back.
 */
final class SpentUnits implements ExecutionInterceptor {
    private final Clock clock;
    private final List<Spent> reads = new ArrayList<>();
    private final List<Spent> writes = new ArrayList<>();

    SpentUnits(Clock clock) {
        this.clock = clock;
    }

    private record Spent(Instant at, double units) {}

    @Override
    public synchronized void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        double read = switch (context.response()) {
            case ScanResponse scan -> together(scan.items(), ((ScanRequest) context.request()).consistentRead());
            case QueryResponse query -> together(query.items(), ((QueryRequest) context.request()).consistentRead());
            case GetItemResponse get
            when !isOfTheRebuild(((GetItemRequest) context.request()).key()) ->
                together(List.of(get.item()), ((GetItemRequest) context.request()).consistentRead());
            case BatchGetItemResponse batch -> batch((BatchGetItemRequest) context.request(), batch);
            default -> 0;
        };
        if (read > 0) {
            reads.add(new Spent(clock.instant(), read));
        }
        double written = written(context.request());
        if (written > 0) {
            writes.add(new Spent(clock.instant(), written));
        }
    }

    private static double together(List<Map<String, AttributeValue>> items, Boolean consistent) {
        int units = ItemSize.strongReadUnits(
                items.stream().mapToInt(ItemSize::bytes).sum());
        return Boolean.TRUE.equals(consistent) ? units : units / 2.0;
    }

    private static double batch(BatchGetItemRequest request, BatchGetItemResponse response) {
        double units = 0;
        for (String table : request.requestItems().keySet()) {
            var asked = Objects.requireNonNull(request.requestItems().get(table));
            var items = response.responses().getOrDefault(table, List.of());
            double strong = items.stream()
                            .mapToInt(item -> ItemSize.strongReadUnits(ItemSize.bytes(item)))
                            .sum()
                    + asked.keys().size()
                    - items.size();
            units += Boolean.TRUE.equals(asked.consistentRead()) ? strong : strong / 2;
        }
        return units;
    }

    private static double written(SdkRequest request) {
        return switch (request) {
            case PutItemRequest put when !isOfTheRebuild(put.item()) -> ItemSize.writeUnits(ItemSize.bytes(put.item()));
            case BatchWriteItemRequest batch ->
                batch.requestItems().values().stream().mapToInt(List::size).sum();
            case TransactWriteItemsRequest transaction ->
                transaction.transactItems().stream().mapToInt(SpentUnits::part).sum();
            default -> 0;
        };
    }

    private static int part(TransactWriteItem part) {
        return 2
                * (part.put() == null
                        ? 1
                        : ItemSize.writeUnits(ItemSize.bytes(part.put().item())));
    }

    private static boolean isOfTheRebuild(Map<String, AttributeValue> item) {
        AttributeValue partition = item.get("pk");
        AttributeValue sort = item.get("sk");
        return partition != null
                && sort != null
                && (partition.s().equals("@rebuild")
                        || (partition.s().equals("@generations") && !sort.s().contains("#")));
    }

    double reads() {
        return reads.stream().mapToDouble(Spent::units).sum();
    }

    double writes() {
        return writes.stream().mapToDouble(Spent::units).sum();
    }

    /** What was consumed after a moment. */
    SpentUnits after(Instant moment) {
        SpentUnits later = new SpentUnits(clock);
        reads.stream().filter(one -> one.at().isAfter(moment)).forEach(later.reads::add);
        writes.stream().filter(one -> one.at().isAfter(moment)).forEach(later.writes::add);
        return later;
    }

    void assertReadsBelow(int ceiling) {
        assertBelow(reads, ceiling);
    }

    void assertWritesBelow(int ceiling) {
        assertBelow(writes, ceiling);
    }

    /** In each span between two calls: the ceiling for each second, that of one second more, and one call. */
    private static void assertBelow(List<Spent> all, int ceiling) {
        assertThat(all).hasSizeGreaterThan(10);
        double largest = all.stream().mapToDouble(Spent::units).max().orElse(0);
        for (int from = 0; from < all.size(); from++) {
            double units = 0;
            for (int to = from; to < all.size(); to++) {
                units += all.get(to).units();
                double seconds =
                        Duration.between(all.get(from).at(), all.get(to).at()).toNanos() / 1e9;
                assertThat(units)
                        .as("calls %d to %d, %.1f s", from, to, seconds)
                        .isLessThanOrEqualTo(ceiling * (seconds + 1) + largest);
            }
        }
    }
}
