/**
 * Runs the specifications of the models through the endpoints of the real functions, on a simulated DynamoDB, without
 * any code specific to a slice. It also compares the model of a slice with the behavior of the slice during its
 * specifications.
 */
@NullMarked
package dev.storyline.testkit.scenario;

import org.jspecify.annotations.NullMarked;
