package dev.storyline.projections;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * One generation of a view: its rows and fold items. All generations of a view share its table.
 *
 * @param number counts from 0
 * @param keys the keys of its items
 * @param reader reads it
 * @param writer writes it
 */
record Generation(int number, GenerationKeys keys, GenerationReader reader, GenerationWriter writer) {
    static Generation of(DynamoDbClient dynamo, String table, String processor, int number, boolean consistent) {
        GenerationKeys keys = new GenerationKeys(number, processor);
        return new Generation(
                number,
                keys,
                new GenerationReader(dynamo, table, keys, consistent),
                new GenerationWriter(dynamo, table, keys));
    }
}
