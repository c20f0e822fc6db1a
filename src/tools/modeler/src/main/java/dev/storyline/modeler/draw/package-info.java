/**
 * The pictures of a model: the storyboard (order in time), the spatial picture (location of state), and the page with both.
 * The same model always gives the same bytes.
 */
@NullMarked
package dev.storyline.modeler.draw;

import org.jspecify.annotations.NullMarked;
