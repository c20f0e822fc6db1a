/**
 * The language of field operations: its events and its identifiers. It grows by additions. An older slice ignores an
 * event that it does not know, unless the event is essential.
 */
@NullMarked
package dev.storyline.contexts.fieldops;

import org.jspecify.annotations.NullMarked;
