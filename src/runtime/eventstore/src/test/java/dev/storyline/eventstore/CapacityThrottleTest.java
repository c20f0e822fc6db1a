package dev.storyline.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.storyline.common.Backoff;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class CapacityThrottleTest {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /** A clock that only pauses move. */
    private static final class Paused extends Clock implements Backoff {
        private Instant now = BEGINNING;

        @Override
        public void pause(long longestNanos) {
            now = now.plusNanos(longestNanos);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Paused clock = new Paused();

    private CapacityThrottle throttle(CapacityCeilings ceilings) {
        return new CapacityThrottle(clock, clock, ceilings);
    }

    private double seconds() {
        return Duration.between(BEGINNING, clock.now).toMillis() / 1000.0;
    }

    private static Map<String, AttributeValue> item(int version, int bytes) {
        return Map.of(
                "stream", AttributeValue.fromS("s"),
                "version", AttributeValue.fromN(Integer.toString(version)),
                "x", AttributeValue.fromS("x".repeat(bytes)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void a_ceiling_below_one_is_refused(int units) {
        assertThatThrownBy(() -> new CapacityCeilings(units, null)).hasMessageContaining("is 1 or more, not " + units);
        assertThatThrownBy(() -> new CapacityCeilings(null, units)).hasMessageContaining("write units");
    }

    @Test
    void reads_and_writes_wait_for_their_own_ceilings() {
        TestTable table = TestTable.create();
        CapacityThrottle throttle = throttle(new CapacityCeilings(2, 10));
        DynamoDbClient client = throttle.on(table.client());
        for (int version = 1; version <= 20; version++) {
            int number = version;
            client.putItem(put -> put.tableName(table.name()).item(item(number, 1500)));
        }
        assertThat(throttle.pace().writeUnits()).isEqualTo(40);
        // The units of a second may have been saved up, and the last call need not wait for its own.
        assertThat(seconds()).isBetween(3.0, 4.2);
        double written = seconds();
        for (int version = 1; version <= 20; version++) {
            int number = version;
            client.getItem(get -> get.tableName(table.name())
                    .consistentRead(true)
                    .key(Map.of(
                            "stream", AttributeValue.fromS("s"),
                            "version", AttributeValue.fromN(Integer.toString(number)))));
        }
        assertThat(throttle.pace().readUnits()).isEqualTo(20);
        assertThat(seconds() - written).isBetween(8.0, 10.2);
    }

    @Test
    void what_dynamodb_local_reports_wrongly_counts_by_the_rules() {
        TestTable table = TestTable.create();
        CapacityThrottle throttle = throttle(CapacityCeilings.NONE);
        DynamoDbClient client = throttle.on(table.client());
        client.transactWriteItems(request -> request.transactItems(
                one -> one.put(put -> put.tableName(table.name()).item(item(1, 10))),
                one -> one.put(put -> put.tableName(table.name()).item(item(2, 10))),
                one -> one.put(put -> put.tableName(table.name()).item(item(3, 1500)))));
        assertThat(throttle.pace().writeUnits()).isGreaterThanOrEqualTo(2 + 2 + 4);
        client.query(query -> query.tableName(table.name())
                .consistentRead(true)
                .keyConditionExpression("#stream = :s")
                .expressionAttributeNames(Map.of("#stream", "stream"))
                .expressionAttributeValues(Map.of(":s", AttributeValue.fromS("nothing"))));
        assertThat(throttle.pace().readUnits()).as("an empty query").isEqualTo(1);
        double before = throttle.pace().writeUnits();
        assertThatThrownBy(() -> client.putItem(put -> put.tableName(table.name())
                        .item(item(1, 1500))
                        .conditionExpression("attribute_not_exists(version)")))
                .isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(throttle.pace().writeUnits() - before)
                .as("a condition that fails is billed")
                .isEqualTo(2);
    }

    @Test
    void a_ceiling_holds_for_a_call_that_waits_already_as_soon_as_it_is_changed() {
        TestTable table = TestTable.create();
        CapacityThrottle throttle = throttle(new CapacityCeilings(null, 1));
        DynamoDbClient client = throttle.on(table.client());
        client.putItem(put -> put.tableName(table.name()).item(item(1, 300_000)));
        throttle.beforeEachCall(() -> {
            if (seconds() > 5) {
                throttle.limit(new CapacityCeilings(null, 1_000));
            }
        });
        client.putItem(put -> put.tableName(table.name()).item(item(2, 10)));
        assertThat(seconds()).isBetween(5.0, 6.0);
    }

    /** Answers some calls as DynamoDB does when it throttles, before the SDK sees them. */
    private static final class Throttling implements ExecutionInterceptor {
        private final AtomicInteger left;

        Throttling(int calls) {
            left = new AtomicInteger(calls);
        }

        private boolean strikes = false;

        @Override
        public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            strikes = left.getAndDecrement() > 0;
            return strikes
                    ? context.httpResponse().toBuilder()
                            .statusCode(400)
                            .removeHeader("x-amz-crc32")
                            .build()
                    : context.httpResponse();
        }

        @Override
        public Optional<InputStream> modifyHttpResponseContent(
                Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            return strikes
                    ? Optional.of(new ByteArrayInputStream(
                            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\"}"
                                    .getBytes(StandardCharsets.UTF_8)))
                    : context.responseBody();
        }
    }

    @Test
    void a_throttled_call_that_the_sdk_repeats_by_itself_halves_the_rate_too() {
        TestTable table = TestTable.create(new Throttling(2));
        CapacityThrottle throttle = throttle(new CapacityCeilings(8, null));
        DynamoDbClient client = throttle.on(table.client());
        List<Map<String, AttributeValue>> items =
                client.scan(scan -> scan.tableName(table.name())).items();
        assertThat(items).isEmpty();
        assertThat(throttle.pace().backedOffReads()).isNotNull();
        assertThat(throttle.pace().backedOffWrites())
                .as("writes are not throttled")
                .isNull();
    }

    @Test
    void a_throttled_budget_halves_once_a_second_and_recovers_slowly_up_to_the_ceiling() {
        CapacityBudget budget = new CapacityBudget(100, clock.now);
        spend(budget, 10, 200);
        budget.giveWay(clock.now);
        budget.giveWay(clock.now);
        assertThat(budget.backedOff()).isCloseTo(50, within(5.0));
        clock.pause(1_100_000_000);
        budget.giveWay(clock.now);
        assertThat(budget.backedOff()).isCloseTo(25, within(3.0));
        double slowed = spend(budget, 3, 1000);
        assertThat(slowed).isCloseTo(25, within(5.0));
        double later = spend(budget, 20, 1000);
        assertThat(later).isGreaterThan(slowed).isLessThan(70);
        spend(budget, 30, 1000);
        assertThat(budget.backedOff()).isNull();
        assertThat(spend(budget, 5, 1000)).isCloseTo(100, within(10.0));
    }

    @Test
    void without_a_ceiling_a_throttled_budget_is_free_again_at_twice_its_rate() {
        CapacityBudget budget = new CapacityBudget(null, clock.now);
        for (int i = 0; i < 50; i++) {
            assertThat(budget.reserve(4, clock.now)).isZero();
            budget.settle(4, 4, clock.now);
            clock.pause(100_000_000);
        }
        budget.giveWay(clock.now);
        assertThat(budget.backedOff()).isCloseTo(20, within(2.0));
        spend(budget, 20, 1000);
        assertThat(budget.backedOff()).isBetween(40.0, 60.0);
        spend(budget, 15, 1000);
        assertThat(budget.backedOff()).isNull();
        assertThat(budget.reserve(1_000_000, clock.now)).isZero();
    }

    /** Spends as much as it may for some seconds, in calls of one unit, at most so many a second; returns the rate. */
    private double spend(CapacityBudget budget, int seconds, int most) {
        Instant end = clock.now.plusSeconds(seconds);
        int spent = 0;
        while (clock.now.isBefore(end)) {
            long wait = budget.reserve(1, clock.now);
            if (wait == 0) {
                budget.settle(1, 1, clock.now);
                spent++;
                clock.pause(1_000_000_000 / most);
            } else {
                clock.pause(Math.min(wait, 200_000_000));
            }
        }
        return spent / (double) seconds;
    }
}
