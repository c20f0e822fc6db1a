/**
 * The language of the wishes context: its events, its identifiers, and the views that one slice writes and others read.
 * After the wish management of Scalable Modeling.
 */
@NullMarked
package dev.storyline.contexts.wishes;

import org.jspecify.annotations.NullMarked;
