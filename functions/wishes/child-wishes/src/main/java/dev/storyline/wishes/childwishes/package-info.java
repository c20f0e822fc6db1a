/** The wishes of one child, with the state of each. */
@NullMarked
package dev.storyline.wishes.childwishes;

import org.jspecify.annotations.NullMarked;
