/** Tests of the event store on DynamoDB Local. */
@NullMarked
package dev.storyline.eventstore;

import org.jspecify.annotations.NullMarked;
