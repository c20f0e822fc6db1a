/**
 * Contracts: what a context promises about its commands, events, public events and views, generated from the types, kept
 * next to the context, and compared with what was released before.
 */
@NullMarked
package dev.storyline.contracts;

import org.jspecify.annotations.NullMarked;
