/**
 * The language of present logistics: its events and its identifiers. The id of an order is the id of the wish behind
 * it, which is all that both contexts share.
 */
@NullMarked
package dev.storyline.contexts.logistics;

import org.jspecify.annotations.NullMarked;
