/**
 * The event table: one commit is one item, written by one conditional put. The item holds the events, and is the
 * optimistic lock and the outbox row at the same time.
 */
@NullMarked
package dev.storyline.eventstore;

import org.jspecify.annotations.NullMarked;
