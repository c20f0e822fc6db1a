@NullMarked
package dev.storyline.modeler.scaffold;

import org.jspecify.annotations.NullMarked;
