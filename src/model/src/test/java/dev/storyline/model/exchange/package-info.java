@NullMarked
package dev.storyline.model.exchange;

import org.jspecify.annotations.NullMarked;
