/**
 * The language of the naughty children context: its events and its identifiers. It keeps the list of naughty children and
 * knows nothing of wishes.
 */
@NullMarked
package dev.storyline.contexts.naughtychildren;

import org.jspecify.annotations.NullMarked;
