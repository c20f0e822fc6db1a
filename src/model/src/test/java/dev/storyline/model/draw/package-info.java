@NullMarked
package dev.storyline.model.draw;

import org.jspecify.annotations.NullMarked;
