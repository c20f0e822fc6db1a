package dev.storyline.testkit.dynamodb;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Runs the contract tests against DynamoDB Local. */
@Tag("slow")
class EmbeddedDynamoDbContractTest {
    private static final class Embedded implements DynamoDbContract.UnderTest {
        @Override
        public DynamoDbClient client() {
            return EmbeddedTables.CLIENT;
        }

        @Override
        public List<Change> changes(String table, int expected) {
            return EmbeddedTables.changes(table, expected);
        }
    }

    @Nested
    class Writes extends DynamoDbWritesContract {
        Writes() {
            super(new Embedded());
        }
    }

    @Nested
    class Reads extends DynamoDbReadsContract {
        Reads() {
            super(new Embedded());
        }
    }

    @Nested
    class Transactions extends DynamoDbTransactionsContract {
        Transactions() {
            super(new Embedded());
        }
    }
}
