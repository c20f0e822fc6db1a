/**
 * Where the outside meets the machines: HTTP event to command, feed batch to projection, query to view, and problem
 * documents for everything that goes wrong. The only shared module that knows Quarkus, Funqy and Lambda.
 */
@NullMarked
package dev.storyline.edge;

import org.jspecify.annotations.NullMarked;
