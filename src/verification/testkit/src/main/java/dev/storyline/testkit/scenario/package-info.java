/**
 * The specifications of the models, performed: through the doors of the real functions, on a simulated DynamoDB, without
 * any code for a slice. And what the model says of a slice, compared with what the slice did meanwhile.
 */
@NullMarked
package dev.storyline.testkit.scenario;

import org.jspecify.annotations.NullMarked;
