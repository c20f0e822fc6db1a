/**
 * The pictures of a model: the storyboard, which shows it in time, the spatial picture, which shows where state lives, and
 * the page that both stand on. Same model, same bytes.
 */
@NullMarked
package dev.storyline.modeler.draw;

import org.jspecify.annotations.NullMarked;
