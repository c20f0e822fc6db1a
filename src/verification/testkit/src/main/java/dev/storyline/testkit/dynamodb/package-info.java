/** A DynamoDB for simulations and specifications. It passes the same contract tests as DynamoDB Local. */
@NullMarked
package dev.storyline.testkit.dynamodb;

import org.jspecify.annotations.NullMarked;
