/**
 * The language of present logistics: its events and its identifiers. An order goes by the id of the wish behind it, which
 * is all that both contexts share.
 */
@NullMarked
package dev.storyline.contexts.logistics;

import org.jspecify.annotations.NullMarked;
