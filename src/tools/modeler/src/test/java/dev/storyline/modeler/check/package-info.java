@NullMarked
package dev.storyline.modeler.check;

import org.jspecify.annotations.NullMarked;
