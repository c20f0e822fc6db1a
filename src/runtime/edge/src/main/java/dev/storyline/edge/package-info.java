/**
 * The endpoints of functions: from HTTP events to commands, from feed batches to projections and event handlers, from
 * queries to views, and problem documents for every failure. The only module of the runtime that knows Quarkus, Funqy
 * and Lambda.
 */
@NullMarked
package dev.storyline.edge;

import org.jspecify.annotations.NullMarked;
