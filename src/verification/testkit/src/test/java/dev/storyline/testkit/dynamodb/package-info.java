/** The contract tests that DynamoDB Local and the simulated DynamoDB both pass. */
@NullMarked
package dev.storyline.testkit.dynamodb;

import org.jspecify.annotations.NullMarked;
