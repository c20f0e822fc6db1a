/**
 * The event table: one commit is one item is one conditional put. The item is at once the events, the optimistic lock
 * and the outbox row.
 */
@NullMarked
package dev.storyline.eventstore;

import org.jspecify.annotations.NullMarked;
