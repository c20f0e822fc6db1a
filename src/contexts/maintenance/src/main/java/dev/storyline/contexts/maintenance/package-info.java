/** The language of maintenance: its events and its identifiers. */
@NullMarked
package dev.storyline.contexts.maintenance;

import org.jspecify.annotations.NullMarked;
