package dev.storyline.edge;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What a function gets from where it runs: on Lambda from the environment of the process, in the local cloud from its
 * template.
 *
 * @param settings the function's own settings
 * @param dynamo the client for its tables
 */
public record Edge(Settings settings, DynamoDbClient dynamo) {}
