package dev.storyline.testkit.dynamodb;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.List;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Runs the contract tests against the simulated DynamoDB. */
class SimulatedDynamoDbContractTest {
    /** A simulated DynamoDB under test. */
    record Simulated(SimulatedDynamoDb dynamo) implements DynamoDbContract.UnderTest {
        Simulated() {
            this(new SimulatedDynamoDb());
        }

        @Override
        public DynamoDbClient client() {
            return dynamo;
        }

        @Override
        public List<Change> changes(String table, int expected) {
            return dynamo.changes(table, 0);
        }
    }

    @Nested
    class Writes extends DynamoDbWritesContract {
        Writes() {
            super(new Simulated());
        }
    }

    @Nested
    class Reads extends DynamoDbReadsContract {
        Reads() {
            super(new Simulated());
        }
    }

    @Nested
    class Transactions extends DynamoDbTransactionsContract {
        Transactions() {
            super(new Simulated());
        }
    }
}
