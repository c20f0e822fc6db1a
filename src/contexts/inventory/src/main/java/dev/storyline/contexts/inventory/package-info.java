/** The language of the inventory: its events and its identifiers. It grows by additions. */
@NullMarked
package dev.storyline.contexts.inventory;

import org.jspecify.annotations.NullMarked;
