@NullMarked
package dev.storyline.local.history;

import org.jspecify.annotations.NullMarked;
