/**
 * The event model as a file: elements, slices in story order and specifications, read with the place of every word. It
 * knows neither the code nor the templates; whoever compares the model with those does.
 */
@NullMarked
package dev.storyline.model;

import org.jspecify.annotations.NullMarked;
