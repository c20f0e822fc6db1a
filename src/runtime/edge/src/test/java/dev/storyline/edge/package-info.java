@NullMarked
package dev.storyline.edge;

import org.jspecify.annotations.NullMarked;
