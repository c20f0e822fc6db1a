/** What one child wished for, and what became of it. */
@NullMarked
package dev.storyline.wishes.childwishes;

import org.jspecify.annotations.NullMarked;
