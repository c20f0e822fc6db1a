/**
 * Contracts of commands, events, public events and views: generated from the types, kept next to the context, and compared
 * with the released ones.
 */
@NullMarked
package dev.storyline.contracts;

import org.jspecify.annotations.NullMarked;
