/** The language of the context orders: its events and its identifiers. */
@NullMarked
package dev.storyline.contexts.orders;

import org.jspecify.annotations.NullMarked;
