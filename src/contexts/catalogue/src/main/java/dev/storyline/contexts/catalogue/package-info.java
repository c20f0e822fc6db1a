/** The language of the context catalogue: its events and its identifiers. */
@NullMarked
package dev.storyline.contexts.catalogue;

import org.jspecify.annotations.NullMarked;
