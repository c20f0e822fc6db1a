@NullMarked
package dev.storyline.simulation;

import org.jspecify.annotations.NullMarked;
