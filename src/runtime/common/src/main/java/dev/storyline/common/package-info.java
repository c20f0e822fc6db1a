/**
 * Shared by all modules of the runtime: JSON, log lines, backoff, parallel tasks, bounded caches, transient failures,
 * missing settings.
 */
@NullMarked
package dev.storyline.common;

import org.jspecify.annotations.NullMarked;
