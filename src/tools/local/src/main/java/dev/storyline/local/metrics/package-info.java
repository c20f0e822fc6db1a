/** What functions measured, and what the local cloud knows of itself, as Prometheus reads it. */
@NullMarked
package dev.storyline.local.metrics;

import org.jspecify.annotations.NullMarked;
