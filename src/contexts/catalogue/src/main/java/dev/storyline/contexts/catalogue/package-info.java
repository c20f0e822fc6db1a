/** The language of the catalogue: its events and its identifiers. It grows by additions. */
@NullMarked
package dev.storyline.contexts.catalogue;

import org.jspecify.annotations.NullMarked;
