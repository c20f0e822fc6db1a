@NullMarked
package dev.storyline.local.metrics;

import org.jspecify.annotations.NullMarked;
