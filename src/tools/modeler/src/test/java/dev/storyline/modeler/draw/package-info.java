@NullMarked
package dev.storyline.modeler.draw;

import org.jspecify.annotations.NullMarked;
