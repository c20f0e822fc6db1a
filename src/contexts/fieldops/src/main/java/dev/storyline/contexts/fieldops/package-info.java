/**
 * The language of field operations: its events and its identifiers. It grows by adding: what an older slice does not
 * know, it passes over, unless it is essential.
 */
@NullMarked
package dev.storyline.contexts.fieldops;

import org.jspecify.annotations.NullMarked;
