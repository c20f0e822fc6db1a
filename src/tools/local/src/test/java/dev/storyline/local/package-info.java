@NullMarked
package dev.storyline.local;

import org.jspecify.annotations.NullMarked;
