@NullMarked
package dev.storyline.model.scaffold;

import org.jspecify.annotations.NullMarked;
