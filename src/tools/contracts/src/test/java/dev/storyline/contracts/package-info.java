@NullMarked
package dev.storyline.contracts;

import org.jspecify.annotations.NullMarked;
