/** The contract that DynamoDB Local and the simulated DynamoDB both keep. */
@NullMarked
package dev.storyline.testkit.dynamodb;

import org.jspecify.annotations.NullMarked;
