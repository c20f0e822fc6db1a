@NullMarked
package dev.storyline.common;

import org.jspecify.annotations.NullMarked;
