@NullMarked
package dev.storyline.model.check;

import org.jspecify.annotations.NullMarked;
