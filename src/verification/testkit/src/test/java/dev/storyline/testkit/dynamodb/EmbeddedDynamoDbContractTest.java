package dev.storyline.testkit.dynamodb;

import dev.storyline.testkit.dynamodb.SimulatedDynamoDb.Change;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The contract is what DynamoDB Local does. */
class EmbeddedDynamoDbContractTest extends DynamoDbContract {
    @Override
    DynamoDbClient client() {
        return EmbeddedTables.CLIENT;
    }

    @Override
    List<Change> changes(String table, int expected) {
        return EmbeddedTables.changes(table, expected);
    }
}
